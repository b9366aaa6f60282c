#pragma once

#include "Record.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// What is wrong with the files of an import, as "file:line:column: what". Keeps the first ones and counts the others.
class ImportFaults
{
public:
    static constexpr std::size_t kMaxKept = 20;

    void add(std::string_view file, Position at, std::string_view what);
    /// A fault of a whole file.
    void add(std::string_view file, std::string_view what);

    bool isEmpty() const noexcept { return _count == 0; }
    std::size_t count() const noexcept { return _count; }
    /// The kept ones, and "and N more" when there are more.
    std::vector<std::string> lines() const;

private:
    void keep(std::string text);

    std::vector<std::string> _kept;
    std::size_t _count = 0;
};

} // namespace catalogo
