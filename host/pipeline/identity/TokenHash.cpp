#include "TokenHash.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace zoco::host
{

namespace
{

/// Kept by each thread, since making one costs more than the digest.
struct Digest
{
    struct Free
    {
        void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
        void operator()(EVP_MD* method) const noexcept { EVP_MD_free(method); }
    };
    std::unique_ptr<EVP_MD, Free> method{EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};

    bool take(std::string_view text, TokenHash& out) const noexcept
    {
        return method != nullptr && context != nullptr &&
               EVP_DigestInit_ex2(context.get(), method.get(), nullptr) == 1 &&
               EVP_DigestUpdate(context.get(), text.data(), text.size()) == 1 &&
               EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
    }
};

} // namespace

bool isBase64Url(std::string_view text) noexcept
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                  c == '-' || c == '_';
                       });
}

bool isSessionToken(std::string_view text) noexcept { return text.size() == kTokenSize && isBase64Url(text); }

TokenHash hashOfToken(std::string_view token)
{
    static thread_local const Digest digest;
    TokenHash out;
    if (!digest.take(token, out)) throw std::runtime_error("SHA-256 cannot be computed");
    return out;
}

} // namespace zoco::host
