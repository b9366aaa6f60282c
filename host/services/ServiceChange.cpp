#include "ServiceChange.h"

#include <algorithm>

namespace zoco::host
{

ServiceChange::ServiceChange(ServiceRegistry& registry, std::set<std::string> changing)
    : _registry(registry), _changing(std::move(changing))
{
    const std::lock_guard lock(_registry._mutex);
    for (const auto& [id, offer] : _registry._offers)
        if (!_changing.contains(offer.plugin)) _offers.emplace(id, offer);
}

ServiceChange::~ServiceChange()
{
    if (_isCommitted) return;
    for (const auto& handle : _rebound) handle->rollback();
}

bool ServiceChange::offer(ServiceOffer offer)
{
    auto id = offer.id;
    return _offers.emplace(std::move(id), std::move(offer)).second;
}

const ServiceOffer* ServiceChange::find(std::string_view id) const
{
    const auto found = _offers.find(id);
    return found == _offers.end() ? nullptr : &found->second;
}

bool ServiceChange::isOffered(std::string_view id) const { return find(id) != nullptr; }

std::shared_ptr<ServiceHandle> ServiceChange::attach(std::string_view id, const ConsumerInfo& consumer,
                                                     std::string& reason)
{
    const auto* offer = find(id);
    if (offer == nullptr)
    {
        reason = "no plugin offers the service " + std::string(id);
        return nullptr;
    }
    auto handle = std::make_shared<ServiceHandle>(std::string(id), consumer);
    if (!handle->prepare(*offer, Attachment::On::Caller, reason)) return nullptr;
    handle->commit();
    _made.push_back(handle);
    return handle;
}

/// Handles of the changing plugins' present instances stay as they are: those instances end after the change, and
/// their providers after them.
bool ServiceChange::rebind(std::string& reason)
{
    std::vector<std::shared_ptr<ServiceHandle>> live;
    std::set<std::string, std::less<>> changed;
    {
        const std::lock_guard lock(_registry._mutex);
        for (const auto& weak : _registry._handles)
            if (auto handle = weak.lock()) live.push_back(std::move(handle));
        for (const auto& [id, offer] : _registry._offers)
            if (_changing.contains(offer.plugin)) changed.insert(id);
        for (const auto& [id, offer] : _offers)
            if (!_registry._offers.contains(id)) changed.insert(id);
    }
    for (const auto& handle : live)
    {
        if (_changing.contains(handle->consumer()) || !changed.contains(handle->id())) continue;
        const auto* offer = find(handle->id());
        std::string why;
        if (handle->prepare(offer != nullptr ? *offer : ServiceOffer{}, Attachment::On::Provider, why))
        {
            _rebound.push_back(handle);
            continue;
        }
        reason = "the plugin " + handle->consumer() + " cannot use the new " + handle->id() + ": " + why;
        return false;
    }
    return true;
}

void ServiceChange::commit()
{
    const std::lock_guard lock(_registry._mutex);
    std::erase_if(_registry._handles, [](const auto& weak) { return weak.expired(); });
    for (const auto& handle : _made) _registry._handles.push_back(handle);
    _made.clear();
    for (const auto& handle : _rebound)
    {
        handle->commit();
        _committed.push_back(handle);
    }
    _rebound.clear();
    _registry._offers = _offers;
    _isCommitted = true;
}

bool ServiceChange::letGo()
{
    std::erase_if(_committed,
                  [](const auto& weak)
                  {
                      const auto handle = weak.lock();
                      return handle == nullptr || handle->letGo();
                  });
    return _committed.empty();
}

} // namespace zoco::host
