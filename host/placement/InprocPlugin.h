#pragma once

#include "PluginContext.h"

#include <memory>
#include <string>

namespace zoco::host
{

/// A plugin instance in this process: runs the steps of its life, and its handlers on its own pool.
/// The steps are [lifecycle]: all of them on one thread, chosen by the caller. dispatch is [loop].
class InprocPlugin final : public RouteTarget
{
public:
    /// `make` (the entry's create) and the tables it returns stay valid for ever (libraries are never unmapped).
    InprocPlugin(std::unique_ptr<PluginContext> context, zoco_plugin* (*make)());
    /// Destroys the instance if `destroy` has not.
    ~InprocPlugin() override;

    /// Each returns false when the step failed; `reason` says why, for the operator.
    bool create(std::string& reason);
    bool init(std::string& reason);
    bool start(std::string& reason);
    /// Serving: handlers may run from now on.
    void open();
    /// After the last request: ends its tasks, then stops the instance.
    void stop();
    void destroy();

    PluginContext& context() noexcept { return *_context; }

    void dispatch(Invocation& invocation) noexcept override;

private:
    static void run(void* invocation);
    bool finishStep(zoco_status status, const char* step, std::string& reason);

    std::unique_ptr<PluginContext> _context;
    zoco_plugin* (*_create)();
    zoco_plugin* _plugin = nullptr;
    bool _isStarted = false;
};

} // namespace zoco::host
