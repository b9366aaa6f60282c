#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// How a message of Redsys is signed, by its `Ds_SignatureVersion`.
enum class SignatureVersion : std::uint8_t
{
    HmacSha256V1 = 1, ///< 3DES and SHA-256
    HmacSha512V2,     ///< AES and SHA-512: redirection (manual of 2025-09)
    HmacSha512V1      ///< AES and SHA-512: REST (manual of 2025-10)
};

std::string_view nameOf(SignatureVersion version) noexcept;
/// Nothing when there is no such version.
std::optional<SignatureVersion> signatureVersion(std::string_view name) noexcept;

/// A merchant's key, which signs messages and checks their signatures. Each order has a key of its own, derived from
/// this one. A value. [any-thread]
class SigningKey
{
public:
    /// From the text that Redsys gives out. Nothing when it is too short for the version or has the wrong form: a key
    /// is never filled up.
    static std::optional<SigningKey> parse(SignatureVersion version, std::string_view text);

    SignatureVersion version() const noexcept { return _version; }

    /// The key for one order (not its text); nothing when `order` is not of 4 to 12 characters, so that nobody gets a
    /// message accepted that is signed by a key that anybody could derive.
    std::optional<std::string> derived(std::string_view order) const;

    /// The signature of the parameters as they are sent, in the alphabet of the version's requests; nothing as
    /// `derived`.
    std::optional<std::string> sign(std::string_view order, std::string_view parameters) const;

    /// Whether `signature` is that of the parameters as they were received, in whichever alphabet; in constant time. A
    /// message of another version is for the caller to refuse.
    bool verifies(std::string_view order, std::string_view parameters, std::string_view signature) const;

private:
    SigningKey(SignatureVersion version, std::string bytes) : _version(version), _bytes(std::move(bytes)) {}

    std::optional<std::string> mac(std::string_view order, std::string_view parameters) const;

    SignatureVersion _version;
    std::string _bytes;
};

} // namespace pagos
