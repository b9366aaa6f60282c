#pragma once

#include "KeyRing.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// Seals and opens fields under the keys of a ring: AES-256-GCM. Sealed bytes are
///
///   version (1) · id of the key (4, big-endian) · nonce (12) · ciphertext · tag (16)
///
/// and the first five are bound to the rest as the context is. The context of OpenSSL is kept per thread, with its key.
/// [any-thread]; what fails in OpenSSL throws std::runtime_error.
class FieldCipher
{
public:
    static constexpr std::size_t kOverhead = 33;
    static constexpr std::size_t kMostBytes = 64 * 1024 * 1024; ///< of a field

    /// `keys` outlives it.
    explicit FieldCipher(const KeyRing& keys) noexcept : _keys(keys) {}

    /// At most kMostBytes; `out` has room for kOverhead more. How many bytes were written.
    std::size_t seal(std::string_view plain, std::string_view context, unsigned char* out) const;

    enum class Opened
    {
        Yes = 1,
        Wrong,     ///< another context, a changed bit, or nothing sealed
        UnknownKey ///< sealed under a key that is not in the ring
    };
    /// `out` has room for sealed.size(); of which `size` were written.
    Opened open(std::string_view sealed, std::string_view context, unsigned char* out, std::size_t& size) const;

    /// Whether it was sealed under the active key.
    bool isCurrent(std::string_view sealed) const noexcept;
    /// Whether it looks like what `seal` makes, and not like what was kept before there was one.
    static bool isSealed(std::string_view bytes) noexcept;
    /// The key that it says it was sealed under; 0 when it does not look sealed.
    static KeyId keyOf(std::string_view bytes) noexcept;

    static constexpr std::size_t kIndexBytes = 16;
    /// The first bytes of an HMAC-SHA-256 of purpose and value, under the index key.
    void blindIndex(std::string_view purpose, std::string_view value, unsigned char* out) const;
    static void random(void* out, std::size_t size);

    // the same for the host's own use
    std::string seal(std::string_view plain, std::string_view context) const;
    /// Nothing when it does not open.
    std::optional<std::string> open(std::string_view sealed, std::string_view context) const;

private:
    const KeyRing& _keys;
};

} // namespace zoco::host
