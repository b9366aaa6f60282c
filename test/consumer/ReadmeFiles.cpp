#include "ReadmeFiles.h"

#include <sstream>

namespace zoco::test
{

std::map<std::string, std::string> readmeFiles(std::string_view readme)
{
    std::map<std::string, std::string> out;
    std::istringstream lines{std::string(readme)};
    std::string name;
    bool isInside = false;
    for (std::string line; std::getline(lines, line);)
    {
        if (line.starts_with("```"))
        {
            isInside = !isInside;
            if (!isInside) name.clear();
        }
        else if (isInside && !name.empty())
            out[name] += line + '\n';
        else if (!isInside && line.size() > 3 && line.starts_with('`') && line.ends_with("`:"))
            name = line.substr(1, line.size() - 3);
        else if (!isInside && line.starts_with("<!-- in ") && line.ends_with(" -->"))
            name = line.substr(5, line.size() - 9) + " " + std::to_string(out.size());
        else if (!isInside && !line.empty())
            name.clear();
    }
    return out;
}

} // namespace zoco::test
