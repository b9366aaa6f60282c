#pragma once

#include <string>
#include <vector>

namespace zoco::host
{

/// Text in columns for a terminal. Widths count characters, not bytes. A value.
class Table
{
public:
    explicit Table(std::vector<std::string> titles) { _rows.push_back(std::move(titles)); }

    void add(std::vector<std::string> cells) { _rows.push_back(std::move(cells)); }
    bool empty() const noexcept { return _rows.size() < 2; }
    /// Lines with '\n', the titles first.
    std::string text() const;

private:
    std::vector<std::vector<std::string>> _rows;
};

} // namespace zoco::host
