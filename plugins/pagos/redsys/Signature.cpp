#include "Signature.h"

#include "text/Base64.h"
#include "zoco/Crypto.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>
#include <utility>

namespace pagos
{

namespace
{

constexpr std::size_t kTripleDesKey = 24;
constexpr std::size_t kAesKey = 16;
constexpr std::size_t kBlock = 8; ///< of DES

constexpr std::array<std::pair<std::string_view, SignatureVersion>, 3> kVersions{
    {{"HMAC_SHA256_V1", SignatureVersion::HmacSha256V1},
     {"HMAC_SHA512_V2", SignatureVersion::HmacSha512V2},
     {"HMAC_SHA512_V1", SignatureVersion::HmacSha512V1}}};

const unsigned char* bytesOf(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

/// CBC with an initialisation vector of zeros, as Redsys has it.
std::string encrypted(const EVP_CIPHER* cipher, const std::string& key, std::string_view plain, bool isPadded)
{
    const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(EVP_CIPHER_CTX_new(),
                                                                                  &EVP_CIPHER_CTX_free);
    constexpr std::array<unsigned char, EVP_MAX_IV_LENGTH> kZeros{};
    std::string out(plain.size() + EVP_MAX_BLOCK_LENGTH, '\0');
    auto* to = reinterpret_cast<unsigned char*>(out.data());
    int size = 0;
    int last = 0;
    const bool isDone =
        context != nullptr && EVP_EncryptInit_ex(context.get(), cipher, nullptr, bytesOf(key), kZeros.data()) == 1 &&
        EVP_CIPHER_CTX_set_padding(context.get(), isPadded ? 1 : 0) == 1 &&
        EVP_EncryptUpdate(context.get(), to, &size, bytesOf(plain), static_cast<int>(plain.size())) == 1 &&
        EVP_EncryptFinal_ex(context.get(), to + size, &last) == 1;
    if (!isDone) throw std::runtime_error("OpenSSL cannot encrypt");
    out.resize(static_cast<std::size_t>(size) + static_cast<std::size_t>(last));
    return out;
}

std::string hmac(const EVP_MD* digest, std::string_view key, std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    if (HMAC(digest, key.data(), static_cast<int>(key.size()), bytesOf(text), text.size(), out.data(), &size) ==
        nullptr)
        throw std::runtime_error("OpenSSL cannot sign");
    return {reinterpret_cast<const char*>(out.data()), size};
}

bool isOrder(std::string_view order) { return order.size() >= 4 && order.size() <= 12; }

} // namespace

std::string_view nameOf(SignatureVersion version) noexcept
{
    for (const auto& [name, known] : kVersions)
        if (known == version) return name;
    return {};
}

std::optional<SignatureVersion> signatureVersion(std::string_view name) noexcept
{
    for (const auto& [known, version] : kVersions)
        if (known == name) return version;
    return std::nullopt;
}

std::optional<SigningKey> SigningKey::parse(SignatureVersion version, std::string_view text)
{
    if (version == SignatureVersion::HmacSha256V1)
    {
        auto bytes = base64Decoded(text);
        if (!bytes || bytes->size() != kTripleDesKey) return std::nullopt;
        return SigningKey(version, std::move(*bytes));
    }
    const bool isText = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
    if (text.size() < kAesKey || !isText) return std::nullopt;
    return SigningKey(version, std::string(text.substr(0, kAesKey)));
}

std::optional<std::string> SigningKey::derived(std::string_view order) const
{
    if (!isOrder(order)) return std::nullopt;
    if (_version != SignatureVersion::HmacSha256V1) return encrypted(EVP_aes_128_cbc(), _bytes, order, true);
    std::string padded(order);
    padded.resize((order.size() + kBlock - 1) / kBlock * kBlock, '\0');
    return encrypted(EVP_des_ede3_cbc(), _bytes, padded, false);
}

std::optional<std::string> SigningKey::mac(std::string_view order, std::string_view parameters) const
{
    const auto key = derived(order);
    if (!key) return std::nullopt;
    if (_version == SignatureVersion::HmacSha256V1) return hmac(EVP_sha256(), *key, parameters);
    return hmac(EVP_sha512(), base64(*key, Alphabet::Base64), parameters); // the key is the text, not its bytes
}

std::optional<std::string> SigningKey::sign(std::string_view order, std::string_view parameters) const
{
    const auto bytes = mac(order, parameters);
    if (!bytes) return std::nullopt;
    switch (_version)
    {
    case SignatureVersion::HmacSha512V2:
        return base64(*bytes, Alphabet::Base64UrlBare);
    case SignatureVersion::HmacSha512V1:
        return base64(*bytes, Alphabet::Base64Url);
    case SignatureVersion::HmacSha256V1:
        break;
    }
    return base64(*bytes, Alphabet::Base64);
}

bool SigningKey::verifies(std::string_view order, std::string_view parameters, std::string_view signature) const
{
    const auto expected = mac(order, parameters);
    const auto received = base64Decoded(signature);
    return expected && received && zoco::equalInConstantTime(*expected, *received);
}

} // namespace pagos
