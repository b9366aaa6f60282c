#pragma once

#include <optional>
#include <string_view>

namespace pedidos
{

/// A file embedded in this library, by its name; lives as long as the library. Nothing when there is none.
std::optional<std::string_view> embeddedFile(std::string_view name) noexcept;

} // namespace pedidos
