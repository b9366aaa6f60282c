#include "Campo.h"

#include <algorithm>
#include <charconv>

namespace pedidos
{

std::string_view takeField(std::string_view& text, char end) noexcept
{
    const auto size = std::min(text.find(end), text.size());
    const auto out = text.substr(0, size);
    text.remove_prefix(std::min(size + 1, text.size()));
    return out;
}

std::int64_t fieldNumber(std::string_view text) noexcept
{
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

} // namespace pedidos
