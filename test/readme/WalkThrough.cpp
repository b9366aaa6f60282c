#include "WalkThrough.h"

#include <sstream>
#include <stdexcept>

namespace zoco::test
{

std::string walkThroughOf(std::string_view readme)
{
    enum class Place
    {
        Text = 1,
        Marked,
        Block
    };
    std::string out;
    std::istringstream lines{std::string(readme)};
    auto place = Place::Text;
    for (std::string line; std::getline(lines, line);)
    {
        const bool isFence = line.starts_with("```");
        if (place == Place::Marked && !isFence) throw std::runtime_error("no block after a walk-through mark");
        if (place == Place::Marked)
            place = Place::Block;
        else if (place == Place::Block && isFence)
            place = Place::Text;
        else if (place == Place::Block)
            out += line + '\n';
        else if (line == "<!-- walk-through -->")
            place = Place::Marked;
    }
    if (place != Place::Text) throw std::runtime_error("a walk-through block has no end");
    return out;
}

} // namespace zoco::test
