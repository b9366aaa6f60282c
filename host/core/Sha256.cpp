#include "Sha256.h"

#include <openssl/evp.h>

#include <new>
#include <stdexcept>

namespace zoco::host
{

namespace
{

void check(int result)
{
    if (result != 1) throw std::runtime_error("SHA-256 cannot be computed");
}

} // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const noexcept { EVP_MD_CTX_free(context); }

Sha256::Sha256() : _context(EVP_MD_CTX_new())
{
    if (!_context) throw std::bad_alloc();
    check(EVP_DigestInit_ex(_context.get(), EVP_sha256(), nullptr));
}

void Sha256::add(std::string_view bytes) { check(EVP_DigestUpdate(_context.get(), bytes.data(), bytes.size())); }

std::string Sha256::hex()
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    check(EVP_DigestFinal_ex(_context.get(), digest, &size));
    std::string out;
    for (unsigned i = 0; i < size; ++i)
        (out += "0123456789abcdef"[digest[i] >> 4]) += "0123456789abcdef"[digest[i] & 15];
    return out;
}

std::string Sha256::of(std::string_view bytes)
{
    Sha256 out;
    out.add(bytes);
    return out.hex();
}

} // namespace zoco::host
