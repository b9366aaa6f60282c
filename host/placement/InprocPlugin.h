#pragma once

#include "PluginContext.h"

#include <memory>
#include <string>

namespace zoco::host
{

/// A plugin instance in this process: runs the steps of its life, and its handlers on its own pool.
class InprocPlugin final : public PluginInstance
{
public:
    /// `make` (the entry's create) and the tables it returns stay valid for ever (libraries are never unmapped).
    InprocPlugin(std::unique_ptr<PluginContext> context, zoco_plugin* (*make)());
    /// Destroys the instance if `destroy` has not.
    ~InprocPlugin() override;

    const PluginIdentity& identity() const noexcept override { return _context->identity(); }
    const char* placement() const noexcept override { return "inproc"; }

    bool create(std::string& reason) override;
    bool init(std::string& reason) override;
    bool start(ServiceChange& services, std::string& reason) override;
    std::string saveState() override;
    bool loadState(std::string_view state, std::string_view savedBy, std::string& reason) override;
    bool tellsHealth() const noexcept override;
    InstanceHealth health() override;
    void open() override;
    void drain() override;
    void stop() override;
    void destroy() override;
    const Registration& registration() const noexcept override { return _context->registration(); }

    std::string waitsFor() const override { return _context->waitsFor(); }
    void dispatch(Invocation& invocation) noexcept override;

private:
    static void run(void* invocation);
    const void* offered(const char* id) const noexcept;
    bool finishStep(zoco_status status, const char* step, std::string& reason);

    std::unique_ptr<PluginContext> _context;
    zoco_plugin* (*_create)();
    zoco_plugin* _plugin = nullptr;
    bool _isStarted = false;
};

} // namespace zoco::host
