#include "FieldCipher.h"

#include <sys/random.h>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <stdexcept>

namespace zoco::host
{

namespace
{

constexpr unsigned char kSealed = 0xE1; ///< version
constexpr unsigned char kClear = 0xE0;  ///< of a set that seals nothing
constexpr std::size_t kIdAt = 1;
constexpr std::size_t kNonceAt = 5;
constexpr std::size_t kNonce = 12;
constexpr std::size_t kHead = kNonceAt + kNonce;
constexpr std::size_t kTag = 16;
static_assert(kHead + kTag == FieldCipher::kOverhead);

void check(bool isGood)
{
    if (!isGood) throw std::runtime_error("OpenSSL failed at a cipher or a digest");
}

const unsigned char* bytes(std::string_view text) noexcept
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// A cipher context of one thread and one direction, which keeps the key it was last used with.
class ThreadCipher
{
public:
    explicit ThreadCipher(int direction) : _direction(direction), _context(::EVP_CIPHER_CTX_new())
    {
        check(_context != nullptr);
    }

    EVP_CIPHER_CTX* begin(const SecretKey& key, const unsigned char* nonce)
    {
        auto* context = _context.get();
        if (!_hasKey || !(_key == key))
        {
            _hasKey = false;
            check(::EVP_CipherInit_ex(context, ::EVP_aes_256_gcm(), nullptr, key.data(), nullptr, _direction) == 1);
            _key = key;
            _hasKey = true;
        }
        check(::EVP_CipherInit_ex(context, nullptr, nullptr, nullptr, nonce, _direction) == 1);
        return context;
    }

private:
    struct Free
    {
        void operator()(EVP_CIPHER_CTX* context) const noexcept { ::EVP_CIPHER_CTX_free(context); }
    };
    const int _direction;
    std::unique_ptr<EVP_CIPHER_CTX, Free> _context;
    SecretKey _key;
    bool _hasKey = false;
};

/// An HMAC context of one thread, likewise.
class ThreadMac
{
public:
    ThreadMac()
    {
        const std::unique_ptr<EVP_MAC, decltype(&::EVP_MAC_free)> mac(::EVP_MAC_fetch(nullptr, "HMAC", nullptr),
                                                                      &::EVP_MAC_free);
        if (mac != nullptr) _context.reset(::EVP_MAC_CTX_new(mac.get()));
        check(_context != nullptr);
    }

    EVP_MAC_CTX* begin(const SecretKey& key)
    {
        auto* context = _context.get();
        if (_hasKey && _key == key)
        {
            check(::EVP_MAC_init(context, nullptr, 0, nullptr) == 1);
            return context;
        }
        char digest[] = "SHA256";
        const OSSL_PARAM params[] = {::OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                     ::OSSL_PARAM_construct_end()};
        check(::EVP_MAC_init(context, key.data(), SecretKey::kBytes, params) == 1);
        _key = key;
        _hasKey = true;
        return context;
    }

private:
    struct Free
    {
        void operator()(EVP_MAC_CTX* context) const noexcept { ::EVP_MAC_CTX_free(context); }
    };
    std::unique_ptr<EVP_MAC_CTX, Free> _context;
    SecretKey _key;
    bool _hasKey = false;
};

/// The head's first bytes and the context are bound to what is sealed.
bool bindTo(EVP_CIPHER_CTX* cipher, const unsigned char* head, std::string_view context)
{
    int size = 0;
    return ::EVP_CipherUpdate(cipher, nullptr, &size, head, kNonceAt) == 1 &&
           (context.empty() ||
            ::EVP_CipherUpdate(cipher, nullptr, &size, bytes(context), static_cast<int>(context.size())) == 1);
}

bool pass(EVP_CIPHER_CTX* cipher, std::string_view in, unsigned char* out)
{
    int size = 0;
    return in.empty() || ::EVP_CipherUpdate(cipher, out, &size, bytes(in), static_cast<int>(in.size())) == 1;
}

KeyId idIn(std::string_view sealed) noexcept
{
    KeyId out = 0;
    for (std::size_t i = kIdAt; i < kNonceAt; ++i) out = out << 8 | static_cast<unsigned char>(sealed[i]);
    return out;
}

std::size_t keepClear(std::string_view plain, unsigned char* out)
{
    out[0] = kClear;
    if (!plain.empty()) std::memcpy(out + 1, plain.data(), plain.size());
    return plain.size() + 1;
}

} // namespace

std::size_t FieldCipher::seal(std::string_view plain, std::string_view context, unsigned char* out) const
{
    static thread_local ThreadCipher cipher(1);
    if (plain.size() > kMostBytes || context.size() > kMostBytes) throw std::runtime_error("a field is too long");
    const auto edition = _keys.pin();
    if (edition->keys.isClear()) return keepClear(plain, out);
    const auto* key = edition->keys.active();
    if (key == nullptr) throw std::runtime_error("there is no key to seal with");
    out[0] = kSealed;
    for (std::size_t i = 0; i < 4; ++i) out[kIdAt + i] = static_cast<unsigned char>(key->id >> (24 - 8 * i));
    check(::getrandom(out + kNonceAt, kNonce, 0) == static_cast<ssize_t>(kNonce));
    auto* raw = cipher.begin(key->secret, out + kNonceAt);
    int size = 0;
    auto* const tag = out + kHead + plain.size();
    check(bindTo(raw, out, context) && pass(raw, plain, out + kHead) && ::EVP_CipherFinal_ex(raw, tag, &size) == 1 &&
          ::EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_GCM_GET_TAG, kTag, tag) == 1);
    return plain.size() + kOverhead;
}

FieldCipher::Opened FieldCipher::open(std::string_view sealed, std::string_view context, unsigned char* out,
                                      std::size_t& size) const
{
    static thread_local ThreadCipher cipher(0);
    size = 0;
    const auto edition = _keys.pin();
    if (edition->keys.isClear() && !sealed.empty() && static_cast<unsigned char>(sealed[0]) == kClear)
    {
        size = sealed.size() - 1;
        if (size > 0) std::memcpy(out, sealed.data() + 1, size);
        return Opened::Yes;
    }
    if (sealed.size() < kOverhead || sealed.size() > kMostBytes + kOverhead || context.size() > kMostBytes ||
        static_cast<unsigned char>(sealed[0]) != kSealed)
        return Opened::Wrong;
    const auto* key = edition->keys.find(idIn(sealed));
    if (key == nullptr) return Opened::UnknownKey;
    const auto body = sealed.substr(kHead, sealed.size() - kOverhead);
    unsigned char tag[kTag];
    std::memcpy(tag, sealed.data() + sealed.size() - kTag, kTag);
    auto* raw = cipher.begin(key->secret, bytes(sealed) + kNonceAt);
    int rest = 0;
    const bool isGood = ::EVP_CIPHER_CTX_ctrl(raw, EVP_CTRL_GCM_SET_TAG, kTag, tag) == 1 &&
                        bindTo(raw, bytes(sealed), context) && pass(raw, body, out) &&
                        ::EVP_CipherFinal_ex(raw, tag, &rest) == 1;
    if (!isGood && !body.empty()) std::memset(out, 0, body.size()); // unauthentic, and nobody's
    if (isGood) size = body.size();
    return isGood ? Opened::Yes : Opened::Wrong;
}

bool FieldCipher::isCurrent(std::string_view sealed) const noexcept
{
    const auto edition = _keys.pin();
    if (sealed.empty()) return false;
    const auto version = static_cast<unsigned char>(sealed[0]);
    if (edition->keys.isClear()) return version == kClear;
    const auto* key = edition->keys.active();
    return sealed.size() >= kOverhead && version == kSealed && key != nullptr && idIn(sealed) == key->id;
}

bool FieldCipher::isSealed(std::string_view bytes) noexcept
{
    if (bytes.empty()) return false;
    const auto version = static_cast<unsigned char>(bytes[0]);
    return version == kClear || (version == kSealed && bytes.size() >= kOverhead);
}

KeyId FieldCipher::keyOf(std::string_view bytes) noexcept
{
    return bytes.size() >= kOverhead && static_cast<unsigned char>(bytes[0]) == kSealed ? idIn(bytes) : 0;
}

void FieldCipher::blindIndex(std::string_view purpose, std::string_view value, unsigned char* out) const
{
    static thread_local ThreadMac mac;
    const auto edition = _keys.pin();
    auto* raw = mac.begin(edition->keys.index());
    const auto length = static_cast<std::uint64_t>(purpose.size()); // first, so that no two pairs are the same bytes
    unsigned char head[8];
    for (std::size_t i = 0; i < sizeof head; ++i) head[i] = static_cast<unsigned char>(length >> (8 * i));
    unsigned char digest[EVP_MAX_MD_SIZE];
    std::size_t size = 0;
    check(::EVP_MAC_update(raw, head, sizeof head) == 1 && ::EVP_MAC_update(raw, bytes(purpose), purpose.size()) == 1 &&
          ::EVP_MAC_update(raw, bytes(value), value.size()) == 1 &&
          ::EVP_MAC_final(raw, digest, &size, sizeof digest) == 1 && size >= kIndexBytes);
    std::copy_n(digest, kIndexBytes, out);
}

void FieldCipher::random(void* out, std::size_t size)
{
    auto* at = static_cast<unsigned char*>(out);
    constexpr std::size_t kPart = 1 << 20;
    for (std::size_t part = 0; size > 0; size -= part, at += part)
    {
        part = std::min(size, kPart);
        check(::RAND_bytes(at, static_cast<int>(part)) == 1);
    }
}

std::string FieldCipher::seal(std::string_view plain, std::string_view context) const
{
    std::string out(plain.size() + kOverhead, '\0');
    out.resize(seal(plain, context, reinterpret_cast<unsigned char*>(out.data())));
    return out;
}

std::optional<std::string> FieldCipher::open(std::string_view sealed, std::string_view context) const
{
    std::string out(sealed.size(), '\0');
    std::size_t size = 0;
    if (open(sealed, context, reinterpret_cast<unsigned char*>(out.data()), size) != Opened::Yes) return std::nullopt;
    out.resize(size);
    return out;
}

} // namespace zoco::host
