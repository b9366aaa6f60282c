#pragma once

#include <optional>
#include <string_view>

namespace pagos
{

/// A file embedded in this library, by kind and name; lives as long as the library. Nothing when there is none.
std::optional<std::string_view> resource(std::string_view kind, std::string_view name) noexcept;

} // namespace pagos
