#include "Argon2.h"

#include <argon2.h>

#include <new>
#include <stdexcept>

namespace usuarios
{

namespace
{

constexpr std::size_t kHashBytes = 32;

void check(int status)
{
    if (status == ARGON2_OK) return;
    if (status == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    throw std::runtime_error(argon2_error_message(status));
}

} // namespace

std::string hashClave(std::string_view clave, std::string_view salt, const CosteClave& coste)
{
    std::string out(argon2_encodedlen(coste.passes, coste.memoryKiB, coste.threads,
                                      static_cast<std::uint32_t>(salt.size()), kHashBytes, Argon2_id),
                    '\0');
    check(argon2id_hash_encoded(coste.passes, coste.memoryKiB, coste.threads, clave.data(), clave.size(), salt.data(),
                                salt.size(), kHashBytes, out.data(), out.size()));
    out.resize(out.find('\0') == std::string::npos ? out.size() : out.find('\0'));
    return out;
}

bool matchesClave(const std::string& phc, std::string_view clave)
{
    const int status = argon2id_verify(phc.c_str(), clave.data(), clave.size());
    if (status == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    return status == ARGON2_OK;
}

bool hasCoste(std::string_view phc, const CosteClave& coste)
{
    const auto wanted = "$argon2id$v=19$m=" + std::to_string(coste.memoryKiB) + ",t=" + std::to_string(coste.passes) +
                        ",p=" + std::to_string(coste.threads) + "$";
    return phc.starts_with(wanted);
}

} // namespace usuarios
