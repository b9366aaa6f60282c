#include "Table.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

std::size_t width(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

} // namespace

std::string Table::text() const
{
    std::vector<std::size_t> widths;
    for (const auto& row : _rows)
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], width(row[i]));
        }
    std::string out;
    for (const auto& row : _rows)
    {
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            out += row[i];
            if (i + 1 < row.size()) out.append(widths[i] - width(row[i]) + 2, ' ');
        }
        out += '\n';
    }
    return out;
}

} // namespace zoco::host
