#include "TableOwner.h"

namespace zoco::gestorbbdd
{

TableOwner::TableOwner(std::string_view plugin)
{
    for (const char c : plugin)
    {
        if (c == '-')
            _prefix += "__";
        else
            _prefix += c;
    }
    _prefix += '_';
}

bool TableOwner::owns(std::string_view table) const noexcept
{
    return table.size() > _prefix.size() && table.substr(0, _prefix.size()) == _prefix && table[_prefix.size()] != '_';
}

} // namespace zoco::gestorbbdd
