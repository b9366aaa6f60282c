#include "Request.h"

namespace zoco::host
{

namespace
{

constexpr unsigned char lower(unsigned char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + ('a' - 'A')) : c;
}

} // namespace

bool equalsIgnoreCase(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size())
    {
        return false;
    }
    for (std::size_t i = 0; i < a.size(); ++i)
    {
        if (lower(static_cast<unsigned char>(a[i])) != lower(static_cast<unsigned char>(b[i])))
        {
            return false;
        }
    }
    return true;
}

std::string_view Request::header(std::string_view name) const noexcept
{
    for (const HeaderField& field : headers)
    {
        if (equalsIgnoreCase(field.name, name))
        {
            return field.value;
        }
    }
    return {};
}

} // namespace zoco::host
