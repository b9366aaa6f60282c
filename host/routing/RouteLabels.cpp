#include "RouteLabels.h"

#include "Route.h"

namespace zoco::host
{

const RouteLabel& RouteLabels::of(const Route& route)
{
    auto& label = _byKey[route.plugin + ' ' + route.method + ' ' + route.pattern.text];
    if (label == nullptr)
    {
        const auto number = static_cast<std::uint32_t>(_labels.size());
        label = &_labels.emplace_back(RouteLabel{route.plugin, route.pattern.text, number});
    }
    return *label;
}

} // namespace zoco::host
