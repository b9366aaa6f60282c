#include "Fingerprint.h"

#include "Request.h"
#include "core/UniqueFd.h"
#include "zoco/Problem.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace zoco::host
{

namespace
{

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kLongestKey = 4096;

[[noreturn]] void fail(const std::string& file, const std::string& why)
{
    throw std::runtime_error("the key of idempotency, " + file + ": " + why);
}

[[noreturn]] void failBySystem(const std::string& file) { fail(file, std::strerror(errno)); }

/// Under its name only when it is whole and on the disk.
void makeKey(const std::string& file)
{
    std::array<unsigned char, kKeyBytes> key{};
    if (::RAND_bytes(key.data(), static_cast<int>(key.size())) != 1) fail(file, "no random bytes");
    const auto fresh = file + ".new";
    const UniqueFd out(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!out || ::write(out.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
        ::fsync(out.get()) != 0 || ::rename(fresh.c_str(), file.c_str()) != 0)
        failBySystem(file);
    const UniqueFd folder(::open(file.substr(0, file.rfind('/') + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder || ::fsync(folder.get()) != 0) failBySystem(file);
}

std::string readKey(const std::string& file, bool mayMake)
{
    UniqueFd in(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!in && errno == ENOENT && mayMake)
    {
        makeKey(file);
        in = UniqueFd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    }
    struct stat facts
    {
    };
    if (!in || ::fstat(in.get(), &facts) != 0) failBySystem(file);
    if ((facts.st_mode & 077) != 0) fail(file, "others than its owner may read it; chmod 600 it");
    std::string key(kLongestKey, '\0');
    const auto size = ::read(in.get(), key.data(), key.size());
    if (size < 0) failBySystem(file);
    key.resize(static_cast<std::size_t>(size));
    if (key.size() < kKeyBytes) fail(file, "it has fewer than " + std::to_string(kKeyBytes) + " bytes");
    return key;
}

std::string_view contentType(const zoco_request& request)
{
    for (std::uint32_t i = 0; i < request.header_count; ++i)
        if (equalsIgnoreCase(view(request.headers[i].name), "content-type")) return view(request.headers[i].value);
    return {};
}

} // namespace

void Fingerprint::Free::operator()(evp_mac_st* mac) const noexcept { ::EVP_MAC_free(mac); }

Fingerprint::Fingerprint(const std::string& keyFile, bool mayMake)
    : _key(readKey(keyFile, mayMake)), _mac(::EVP_MAC_fetch(nullptr, "HMAC", nullptr))
{
    if (_mac == nullptr) throw std::runtime_error("OpenSSL has no HMAC");
}

/// Each part behind its length, so that no two requests have the same bytes.
std::string Fingerprint::of(const zoco_request& request) const
{
    const std::unique_ptr<EVP_MAC_CTX, decltype(&::EVP_MAC_CTX_free)> mac(::EVP_MAC_CTX_new(_mac.get()),
                                                                          &::EVP_MAC_CTX_free);
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {::OSSL_PARAM_construct_utf8_string("digest", digest, 0), ::OSSL_PARAM_construct_end()};
    bool isGood = mac != nullptr && ::EVP_MAC_init(mac.get(), reinterpret_cast<const unsigned char*>(_key.data()),
                                                   _key.size(), params) == 1;
    for (const auto part :
         {view(request.method), view(request.path), view(request.query), contentType(request), view(request.body)})
    {
        const std::uint64_t size = part.size();
        isGood = isGood &&
                 ::EVP_MAC_update(mac.get(), reinterpret_cast<const unsigned char*>(&size), sizeof size) == 1 &&
                 ::EVP_MAC_update(mac.get(), reinterpret_cast<const unsigned char*>(part.data()), part.size()) == 1;
    }
    std::string out(kKeyBytes, '\0');
    std::size_t size = 0;
    isGood = isGood && ::EVP_MAC_final(mac.get(), reinterpret_cast<unsigned char*>(out.data()), &size, out.size()) == 1;
    if (!isGood || size != out.size()) throw std::runtime_error("OpenSSL made no HMAC");
    return out;
}

} // namespace zoco::host
