#include "Correo.h"

#include <algorithm>

namespace pedidos
{

namespace
{

constexpr std::string_view kAlphanumeric = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view kAtom = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~";

/// Parts with single dots between, at least `least` of them, all of `allowed`.
bool isDotted(std::string_view text, std::string_view allowed, int least) noexcept
{
    constexpr std::size_t kLabel = 63;
    int parts = 0;
    for (;;)
    {
        const auto end = std::min(text.find('.'), text.size());
        const auto part = text.substr(0, end);
        if (part.empty() || part.size() > kLabel || part.find_first_not_of(allowed) != std::string_view::npos)
            return false;
        ++parts;
        if (end == text.size()) return parts >= least;
        text.remove_prefix(end + 1);
    }
}

} // namespace

bool isCorreo(std::string_view text) noexcept
{
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at > 64) return false;
    const auto domain = text.substr(at + 1);
    static constexpr std::string_view kHyphened = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    return isDotted(text.substr(0, at), kAtom, 1) && isDotted(domain, kHyphened, 2) &&
           kAlphanumeric.find(domain.front()) != std::string_view::npos;
}

} // namespace pedidos
