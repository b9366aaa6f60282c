#pragma once

#include "Trial.h"
#include "TrialHost.h"
#include "TrialRequest.h"

#include <memory>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// One instance of the plugin and the host it lives in. One thread leads it; what is alive at the end is ended in
/// order.
class Instance
{
public:
    Instance(const Trial& trial, Config config, TrialOptions options = {});
    explicit Instance(const Trial& trial, TrialOptions options = {}) : Instance(trial, trial.config(), options) {}
    ~Instance() { end(); }
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;

    /// The steps of a life. A fault, or empty; after a fault only `end` follows.
    std::string create();
    std::string init();
    std::string start();
    /// All three.
    std::string begin();

    /// A request to each route, one after another, `sample` for every parameter. Each is awaited; the first that is
    /// never answered ends the round.
    void askAll(const std::string& sample);
    /// One request, awaited.
    TrialRequest& ask(const TrialRoute& route, const std::string& sample);
    /// A request to one route, not awaited.
    TrialRequest& send(const TrialRoute& route, const std::string& sample);
    const std::vector<std::unique_ptr<TrialRequest>>& requests() const noexcept { return _requests; }

    void stop(); ///< ends the plugin's threads first, as a host does
    void destroy();
    void end(); ///< what is left of stop and destroy

    TrialHost& host() noexcept { return _host; }
    zoco_plugin* raw() noexcept { return _plugin; }
    /// Stands in the notes on its steps, such as "without zoco.log/1".
    void setContext(std::string context) { _context = std::move(context); }
    /// A step failed by returning a failure and saying why.
    bool hasRefused() const noexcept { return _hasRefused; }

private:
    void note(const std::string& step) const;
    std::string judge(const char* step, zoco_status status);

    const Trial& _trial;
    std::string _context;
    TrialHost _host;
    std::vector<std::unique_ptr<TrialRequest>> _requests;
    zoco_plugin* _plugin = nullptr;
    bool _isStarted = false;
    bool _hasRefused = false;
};

} // namespace zoco::host::trial
