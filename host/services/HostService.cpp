#include "HostService.h"

#include <thread>

namespace zoco::host
{

namespace
{

ConsumerInfo consumer(const std::string& id, std::string version, LogSource log)
{
    ConsumerInfo out;
    out.pluginId = "host";
    out.pluginVersion = std::move(version);
    out.mayLack = true;
    out.report = [id, log](std::string_view reason) {
        log.warning("the host goes without a part of a service", {{"service", id}, {"reason", reason}});
    };
    return out;
}

} // namespace

HostService::HostService(ServiceRegistry& registry, std::string id, std::string version, LogSource log)
    : _handle(std::make_shared<ServiceHandle>(id, consumer(id, std::move(version), log)))
{
    std::string reason;
    (void)_handle->prepare(ServiceOffer{}, Attachment::On::Caller, reason);
    _handle->commit();
    registry.add(_handle);
}

bool HostService::release(std::chrono::milliseconds time)
{
    const auto until = std::chrono::steady_clock::now() + time;
    std::string reason;
    (void)_handle->prepare(ServiceOffer{}, Attachment::On::Caller, reason);
    _handle->commit();
    while (!_handle->letGo())
    {
        if (std::chrono::steady_clock::now() >= until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

} // namespace zoco::host
