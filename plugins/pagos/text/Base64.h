#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// The two alphabets of RFC 4648 (sections 4 and 5), the second with and without padding.
enum class Alphabet : std::uint8_t
{
    Base64 = 1,
    Base64Url,
    Base64UrlBare
};

std::string base64(std::string_view bytes, Alphabet alphabet);

/// The bytes of a text in either alphabet (not both), with its padding or without; nothing when it is none. Two texts
/// of one alphabet and padding never stand for the same bytes.
std::optional<std::string> base64Decoded(std::string_view text);

} // namespace pagos
