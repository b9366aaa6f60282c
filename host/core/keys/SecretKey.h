#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace zoco::host
{

/// 256 bits that nobody else knows. Wiped from memory with the object. A value.
class SecretKey
{
public:
    static constexpr std::size_t kBytes = 32;

    SecretKey() = default; ///< all zero
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();

    /// Throws std::runtime_error when the system has no random bytes.
    static SecretKey random();
    /// From kBytes bytes. False when there are more or fewer.
    bool assign(std::string_view bytes);
    /// From 64 hexadecimal digits. False when it is something else.
    bool assignHex(std::string_view digits);

    const unsigned char* data() const noexcept { return _bytes.data(); }
    std::string_view view() const noexcept { return {reinterpret_cast<const char*>(_bytes.data()), _bytes.size()}; }
    /// To be wiped by the caller.
    std::string hex() const;
    /// In constant time.
    bool operator==(const SecretKey& other) const noexcept;

private:
    std::array<unsigned char, kBytes> _bytes{};
};

/// Overwrites a text that held secrets, and empties it.
void wipe(std::string& text) noexcept;

} // namespace zoco::host
