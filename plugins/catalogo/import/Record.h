#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace catalogo
{

/// A place in a text file, both counted from 1; columns are characters.
struct Position
{
    std::size_t line = 1;
    std::size_t column = 1;
    bool operator==(const Position&) const = default;
};

/// One value of a record as the file has it.
struct Field
{
    enum class Kind
    {
        Text = 1,
        Number, ///< `text` has its digits
        Bool,   ///< `text` is "true" or "false"
        Null,
        List,  ///< `items` have texts, no names
        Object ///< `items` have names and texts
    };

    std::string name;
    Position at;
    Kind kind = Kind::Text;
    std::string text;
    std::vector<std::pair<std::string, std::string>> items;
};

/// A row of a table, or an object of a list.
struct Record
{
    Position at;
    std::vector<Field> fields;
};

/// Where a reader hands what it finds.
struct RecordEvents
{
    std::function<bool(const Record&)> onRecord; ///< false ends the reading
    std::function<void(Position at, std::string what)> onFault;
};

} // namespace catalogo
