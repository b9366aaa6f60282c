#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace usuarios
{

/// What a hash of a password costs.
struct CosteClave
{
    std::uint32_t memoryKiB = 19 * 1024;
    std::uint32_t passes = 2;
    std::uint32_t threads = 1;
};

/// Argon2id (RFC 9106) with `salt` (16 bytes), as PHC text. Takes the memory that `coste` names while it runs; throws
/// std::bad_alloc without it. [any-thread]
std::string hashClave(std::string_view clave, std::string_view salt, const CosteClave& coste);

/// Whether a PHC text is of this password; compares in constant time. A text that is none is false.
bool matchesClave(const std::string& phc, std::string_view clave);

/// Whether a hash was made at this cost; otherwise a new one is due.
bool hasCoste(std::string_view phc, const CosteClave& coste);

} // namespace usuarios
