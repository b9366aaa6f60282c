#include "AttachedConsumer.h"

#include <algorithm>
#include <mutex>

namespace zoco::gestorbbdd
{

namespace
{

[[noreturn]] void refuse(zoco_status code, std::string why)
{
    throw ProblemException({500, "operation", std::move(why), "", {}, code});
}

std::string listed(const std::vector<ParamSpec>& params)
{
    std::string out;
    for (const auto& p : params) out += (out.empty() ? "" : ", ") + p.name;
    return out.empty() ? "none" : out;
}

std::vector<std::uint16_t> placesOf(const Operation& operation, std::span<const std::string_view> names)
{
    const auto& params = operation.spec.params;
    std::vector<std::uint16_t> out;
    for (const auto& param : params)
    {
        const auto found = std::find(names.begin(), names.end(), param.name);
        if (found == names.end() || names.size() != params.size())
            refuse(ZOCO_E_INVALID, "the parameters of " + operation.fullName + " are: " + listed(params));
        out.push_back(static_cast<std::uint16_t>(found - names.begin()));
    }
    if (names.size() != params.size())
        refuse(ZOCO_E_INVALID, "the parameters of " + operation.fullName + " are: " + listed(params));
    return out;
}

} // namespace

zoco_operation AttachedConsumer::resolve(const CatalogueDirectory& directory, std::string_view name,
                                         std::span<const std::string_view> params)
{
    auto resolved = lookUp(directory, name);
    resolved.places = placesOf(*resolved.operation, params);
    const std::unique_lock lock(_mutex);
    _resolved.push_back(std::move(resolved));
    return _resolved.size();
}

ResolvedOperation AttachedConsumer::lookUp(const CatalogueDirectory& directory, std::string_view name) const
{
    const auto dot = name.find('.');
    if (dot == std::string_view::npos)
    {
        if (const auto* operation = _own->find(name); operation != nullptr) return {_own, operation, {}};
        refuse(ZOCO_E_UNSUPPORTED, "the plugin has no operation '" + std::string(name) + "'");
    }
    auto catalogue = directory.of(name.substr(0, dot));
    const auto* operation = catalogue == nullptr ? nullptr : catalogue->find(name.substr(dot + 1));
    const bool isAllowed =
        operation != nullptr && (operation->spec.access == Access::Published ||
                                 (operation->spec.access == Access::Host && _own->plugin() == "host"));
    if (!isAllowed)
        refuse(ZOCO_E_UNSUPPORTED, "no attached plugin publishes the operation '" + std::string(name) + "'");
    return {std::move(catalogue), operation, {}};
}

const ResolvedOperation* AttachedConsumer::find(zoco_operation handle) const
{
    const std::shared_lock lock(_mutex);
    return handle == 0 || handle > _resolved.size() ? nullptr : &_resolved[handle - 1];
}

} // namespace zoco::gestorbbdd
