#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <string_view>

namespace zoco::host
{

/// By what a session's token is known here: SHA-256 of its characters. The token itself is never kept.
using TokenHash = std::array<unsigned char, 32>;

/// Length of a token: 32 bytes as base64url without padding (RFC 4648 5).
inline constexpr std::size_t kTokenSize = 43;

/// Whether it has the form of a token. [any-thread]
bool isSessionToken(std::string_view text) noexcept;
/// Whether all characters are those of base64url.
bool isBase64Url(std::string_view text) noexcept;
/// [any-thread] Throws std::runtime_error when the digest cannot be had.
TokenHash hashOfToken(std::string_view token);

/// For hash maps: a part of what is evenly distributed already.
struct TokenHashHash
{
    std::size_t operator()(const TokenHash& hash) const noexcept
    {
        std::size_t out = 0;
        std::memcpy(&out, hash.data(), sizeof out);
        return out;
    }
};

} // namespace zoco::host
