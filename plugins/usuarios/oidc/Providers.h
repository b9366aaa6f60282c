#pragma once

#include "ProviderClient.h"

#include <memory>
#include <string_view>
#include <vector>

namespace usuarios
{

/// All providers that the operator registered. [any-thread]
class Providers
{
public:
    Providers(const std::vector<Provider>& list, const zoco::HttpClient& http, zoco::Log log,
              const std::function<std::int64_t()>& now)
    {
        for (const auto& provider : list)
            _clients.push_back(std::make_unique<ProviderClient>(provider, http, log, now));
    }

    /// Null: there is none of this id.
    ProviderClient* find(std::string_view id) const noexcept
    {
        for (const auto& client : _clients)
            if (client->provider().id == id) return client.get();
        return nullptr;
    }
    const std::vector<std::unique_ptr<ProviderClient>>& all() const noexcept { return _clients; }

private:
    std::vector<std::unique_ptr<ProviderClient>> _clients;
};

} // namespace usuarios
