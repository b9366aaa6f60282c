#pragma once

#include <span>
#include <string>
#include <string_view>

namespace usuarios
{

inline constexpr std::size_t kClaveShortest = 8; ///< code points
inline constexpr std::size_t kClaveLongest = 128;

/// What is wrong with a new password; empty: nothing. `own`: words of its user (address, name), which are as bad as
/// words of the shop and of the dictionary. No character has to be in it, and none that can be typed is refused.
std::string faultOfClave(std::string_view clave, std::span<const std::string_view> own);

/// What is wrong with a password that somebody logs in with: only what no password can be.
bool canBeClave(std::string_view clave) noexcept;

} // namespace usuarios
