#include "PublicId.h"

#include <array>
#include <cerrno>
#include <sys/random.h>
#include <system_error>

namespace catalogo
{

std::string newPublicId()
{
    constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    std::array<unsigned char, 16> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw std::system_error(errno, std::generic_category(), "getrandom");
    std::string out;
    for (const auto byte : bytes) out += kAlphabet[byte & 31];
    return out;
}

} // namespace catalogo
