#include "PublicId.h"

#include <array>
#include <cerrno>
#include <sys/random.h>
#include <system_error>

namespace catalogo
{

namespace
{

constexpr char kAlphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t kLength = 16;

} // namespace

bool isPublicId(std::string_view text) noexcept
{
    return text.size() == kLength && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

std::string newPublicId()
{
    std::array<unsigned char, kLength> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        throw std::system_error(errno, std::generic_category(), "getrandom");
    std::string out;
    for (const auto byte : bytes) out += kAlphabet[byte & 31];
    return out;
}

} // namespace catalogo
