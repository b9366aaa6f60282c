#include "SecretKey.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace zoco::host
{

namespace
{

int digitOf(char c) noexcept
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

} // namespace

SecretKey::~SecretKey() { OPENSSL_cleanse(_bytes.data(), _bytes.size()); }

SecretKey SecretKey::random()
{
    SecretKey out;
    if (::RAND_priv_bytes(out._bytes.data(), static_cast<int>(out._bytes.size())) != 1)
        throw std::runtime_error("the system has no random bytes for a key");
    return out;
}

bool SecretKey::assign(std::string_view bytes)
{
    if (bytes.size() != kBytes) return false;
    std::copy(bytes.begin(), bytes.end(), _bytes.begin());
    return true;
}

bool SecretKey::assignHex(std::string_view digits)
{
    if (digits.size() != 2 * kBytes) return false;
    for (std::size_t i = 0; i < kBytes; ++i)
    {
        const int high = digitOf(digits[2 * i]), low = digitOf(digits[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        _bytes[i] = static_cast<unsigned char>(high << 4 | low);
    }
    return true;
}

std::string SecretKey::hex() const
{
    std::string out;
    out.reserve(2 * kBytes); // no copy is left behind
    for (const auto byte : _bytes) (out += "0123456789abcdef"[byte >> 4]) += "0123456789abcdef"[byte & 15];
    return out;
}

bool SecretKey::operator==(const SecretKey& other) const noexcept
{
    return CRYPTO_memcmp(_bytes.data(), other._bytes.data(), kBytes) == 0;
}

void wipe(std::string& text) noexcept
{
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

} // namespace zoco::host
