#pragma once

#include <cstdint>
#include <string_view>

namespace pedidos
{

/// What stands before `end`, or all of it; taken off with it.
std::string_view takeField(std::string_view& text, char end) noexcept;

/// 0 when it is no number.
std::int64_t fieldNumber(std::string_view text) noexcept;

} // namespace pedidos
