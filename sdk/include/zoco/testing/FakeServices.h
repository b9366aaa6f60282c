#pragma once

#include "FakeService.h"
#include "zoco/abi/services.h"

#include <map>
#include <stdexcept>
#include <string>

namespace zoco::testing
{

/// zoco.services/1: the services that the test lends to the plugin, and those that the plugin offers.
class FakeServices
{
public:
    FakeServices() : _table{sizeof(zoco_services), this, &provide, &find} {}
    FakeServices(const FakeServices&) = delete;
    FakeServices& operator=(const FakeServices&) = delete;

    const zoco_services* raw() const noexcept { return &_table; }

    /// A service for the plugin to consume; made at the first mention, which must come before the plugin's start.
    FakeService& lend(const std::string& id) { return _lent[id]; }
    bool isLent(std::string_view id) const { return _lent.contains(id); }

    /// The service that the plugin offers, for a FakeConsumer; throws std::out_of_range when it does not.
    zoco_provider& offered(const std::string& id) const
    {
        const auto found = _offered.find(id);
        if (found == _offered.end()) throw std::out_of_range("the plugin does not offer " + id);
        return *found->second;
    }

private:
    static zoco_status provide(void* self, const char* id, zoco_provider* provider)
    {
        if (id == nullptr || provider == nullptr) return ZOCO_E_INVALID;
        const bool isNew = static_cast<FakeServices*>(self)->_offered.emplace(id, provider).second;
        return isNew ? ZOCO_OK : ZOCO_E_INVALID;
    }
    static zoco_service* find(void* self, const char* id)
    {
        auto& fake = *static_cast<FakeServices*>(self);
        const auto found = fake._lent.find(id);
        return found == fake._lent.end() ? nullptr : found->second.raw();
    }

    zoco_services _table;
    std::map<std::string, FakeService, std::less<>> _lent;
    std::map<std::string, zoco_provider*> _offered;
};

} // namespace zoco::testing
