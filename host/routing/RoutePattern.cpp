#include "RoutePattern.h"

#include "core/Utf8.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

Problem badPattern(std::string_view pattern, std::string_view why)
{
    return {500, "internal",    "Bad route pattern", "'" + std::string(pattern) + "': " + std::string(why),
            {},  ZOCO_E_INVALID};
}

bool isName(std::string_view name)
{
    const auto isAlpha = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    if (name.empty() || !isAlpha(name[0])) return false;
    return std::all_of(name.begin(), name.end(), [&](char c) { return isAlpha(c) || (c >= '0' && c <= '9'); });
}

bool isLiteral(std::string_view text)
{
    const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
    std::string scratch;
    return text.find_first_of("{}?#%\\\" ") == std::string_view::npos && text != "." && text != ".." &&
           std::none_of(text.begin(), text.end(), isControl) && validUtf8(text, scratch).data() == text.data();
}

} // namespace

Result<RoutePattern> RoutePattern::parse(std::string_view text)
{
    if (text.empty() || text[0] != '/') return badPattern(text, "it must start with '/'");
    RoutePattern out{std::string(text), {}};
    std::string_view rest = text.substr(1);
    for (bool more = true; more;)
    {
        const auto slash = rest.find('/');
        more = slash != std::string_view::npos;
        auto part = rest.substr(0, slash);
        if (more) rest.remove_prefix(slash + 1);

        if (part.empty() || part[0] != '{')
        {
            if (!isLiteral(part))
                return badPattern(text, "a parameter must be a whole segment, and a literal plain text");
            out.segments.push_back({Kind::Literal, std::string(part)});
            continue;
        }
        if (part.back() != '}') return badPattern(text, "'{' without '}' at the segment's end");
        part = part.substr(1, part.size() - 2);
        auto kind = Kind::Parameter;
        if (part.ends_with("..."))
        {
            if (more) return badPattern(text, "'{...}' takes the rest, so it must be last");
            kind = Kind::Rest;
            part.remove_suffix(3);
        }
        if (!isName(part)) return badPattern(text, "a parameter's name is a letter or '_', then letters, digits, '_'");
        for (const auto& s : out.segments)
            if (s.kind != Kind::Literal && s.text == part) return badPattern(text, "two parameters have one name");
        out.segments.push_back({kind, std::string(part)});
    }
    return out;
}

std::string RoutePattern::shape() const
{
    std::string out;
    for (const auto& s : segments)
        out += s.kind == Kind::Literal ? "/" + s.text : s.kind == Kind::Parameter ? "/{}" : "/{...}";
    return out;
}

} // namespace zoco::host
