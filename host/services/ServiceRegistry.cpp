#include "ServiceRegistry.h"

namespace zoco::host
{

bool ServiceRegistry::provide(std::string_view id, std::string_view plugin, bool isSerial, zoco_provider* provider)
{
    Offer offer{std::string(plugin), provider, isSerial ? turnOf(plugin) : nullptr};
    const std::lock_guard lock(_mutex);
    return _offers.emplace(std::string(id), std::move(offer)).second;
}

std::shared_ptr<std::mutex> ServiceRegistry::turnOf(std::string_view plugin)
{
    const std::lock_guard lock(_mutex);
    auto& turn = _turns[std::string(plugin)];
    if (turn == nullptr) turn = std::make_shared<std::mutex>();
    return turn;
}

void ServiceRegistry::withdraw(std::string_view plugin)
{
    const std::lock_guard lock(_mutex);
    std::erase_if(_offers, [&](const auto& offer) { return offer.second.plugin == plugin; });
}

std::string ServiceRegistry::providerOf(std::string_view id) const
{
    const std::lock_guard lock(_mutex);
    const auto found = _offers.find(id);
    return found == _offers.end() ? std::string() : found->second.plugin;
}

std::unique_ptr<ServiceHandle> ServiceRegistry::attach(std::string_view id, const ConsumerInfo& consumer,
                                                       std::string& reason) const
{
    Offer offer;
    {
        const std::lock_guard lock(_mutex);
        const auto found = _offers.find(id);
        if (found == _offers.end())
        {
            reason = "no plugin offers the service " + std::string(id);
            return nullptr;
        }
        offer = found->second;
    }
    auto handle = std::make_unique<ServiceHandle>(consumer, offer.provider, offer.serial);
    if (!handle->attach(reason)) return nullptr;
    return handle;
}

} // namespace zoco::host
