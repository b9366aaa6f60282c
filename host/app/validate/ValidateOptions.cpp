#include "ValidateOptions.h"

#include "CheckList.h"
#include "core/config/ConfigSchema.h"
#include "core/config/NearestWord.h"

namespace zoco::host::trial
{

namespace
{

constexpr std::int64_t kLongestSeconds = 3600;

std::string take(ValidateOptions& out, const std::string& option, const std::string& value)
{
    if (option == "--only")
    {
        const auto* check = findCheck(value);
        if (check != nullptr)
        {
            out.checks.push_back(check);
            return {};
        }
        std::vector<std::string> names;
        for (const auto& c : checkList()) names.emplace_back(c.name);
        return "no check is called '" + value + "'" + didYouMean(value, names);
    }
    const auto seconds = parseInt(value);
    if (!seconds || *seconds < 1 || *seconds > kLongestSeconds) return "--deadline wants seconds, not '" + value + "'";
    out.deadline = std::chrono::seconds(*seconds);
    return {};
}

} // namespace

ValidateOptions ValidateOptions::parse(const std::vector<std::string>& args)
{
    ValidateOptions out;
    for (std::size_t i = 0; i < args.size() && out.error.empty(); ++i)
    {
        const auto& word = args[i];
        if (word == "--list")
            out.wantsList = true;
        else if (word == "--json")
            out.wantsJson = true;
        else if (word == "--only" || word == "--deadline")
            out.error = i + 1 == args.size() ? word + " wants a value" : take(out, word, args[++i]);
        else if (word.starts_with('-'))
            out.error = "unknown option '" + word + "'";
        else if (!out.library.empty())
            out.error = "one plugin at a time: '" + word + "' is too many";
        else
            out.library = word;
    }
    if (out.error.empty() && out.library.empty() && !out.wantsList)
        out.error = "which plugin? give the path of its .so";
    if (out.checks.empty())
        for (const auto& check : checkList()) out.checks.push_back(&check);
    return out;
}

} // namespace zoco::host::trial
