#include "LikePatterns.h"

namespace catalogo
{

LikePatterns::LikePatterns(const std::vector<std::string>& words)
{
    for (const auto& word : words)
    {
        auto& pattern = _patterns.emplace_back("%");
        for (const char c : word)
        {
            if (c == '%' || c == '_' || c == '!') pattern += '!';
            pattern += c;
        }
        pattern += '%';
    }
}

} // namespace catalogo
