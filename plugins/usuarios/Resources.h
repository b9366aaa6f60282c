#pragma once

#include <optional>
#include <string_view>

namespace usuarios
{

/// A file embedded in this library, by its name; lives as long as the library. Nothing when there is none.
std::optional<std::string_view> resourceFile(std::string_view name) noexcept;

} // namespace usuarios
