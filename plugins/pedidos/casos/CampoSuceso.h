#pragma once

#include "zoco/Events.h"

#include <string>
#include <string_view>

namespace pedidos
{

/// A field of an event that is a text; empty when there is none.
inline std::string textOf(const zoco::Event& event, std::string_view name)
{
    const auto value = event[name];
    return value.isNull() ? std::string() : std::string(value.text());
}

} // namespace pedidos
