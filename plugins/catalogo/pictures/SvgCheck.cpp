#include "SvgCheck.h"

#include "text/Utf8.h"

#include <algorithm>
#include <array>

namespace catalogo
{

namespace
{

constexpr std::string_view kBlanks = " \t\r\n";

std::string lower(std::string_view text)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    return out;
}

bool isControl(char c) noexcept
{
    return static_cast<unsigned char>(c) < 0x20 && kBlanks.find(c) == std::string_view::npos;
}

std::string_view localName(std::string_view name) noexcept
{
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

/// Walks over the tags of a text in small letters.
class SvgScanner
{
public:
    explicit SvgScanner(std::string_view text) : _rest(text) {}

    std::string run()
    {
        for (auto open = _rest.find('<'); open != std::string_view::npos; open = _rest.find('<'))
        {
            _rest.remove_prefix(open + 1);
            const auto fault = takeMarkup();
            if (!fault.empty()) return fault;
        }
        return _hasRoot ? std::string() : "it is no SVG picture";
    }

private:
    std::string takeMarkup()
    {
        if (_rest.starts_with("!--")) return skipBehind("-->");
        if (_rest.starts_with("?xml ")) return skipBehind("?>");
        if (_rest.starts_with("!") || _rest.starts_with("?")) return "it has a declaration, which is not taken";
        if (_rest.starts_with("/")) return skipBehind(">");
        return takeElement();
    }

    std::string skipBehind(std::string_view end)
    {
        const auto found = _rest.find(end);
        if (found == std::string_view::npos) return "it is cut off";
        _rest.remove_prefix(found + end.size());
        return {};
    }

    std::string takeElement()
    {
        constexpr std::array<std::string_view, 13> kRefused = {
            "script", "foreignobject", "iframe",           "embed", "object",       "animate",      "handler",
            "audio",  "video",         "animatetransform", "set",   "animatecolor", "animatemotion"};
        const auto name = localName(takeName());
        if (name == "svg") _hasRoot = true;
        if (!_hasRoot) return "it is no SVG picture";
        if (std::find(kRefused.begin(), kRefused.end(), name) != kRefused.end())
            return std::string("it has a <").append(name) + ">, which is not taken";
        const auto fault = takeAttributes();
        const bool isEmpty = _rest.data()[-1] == '>' && _rest.data()[-2] == '/';
        return !fault.empty() || name != "style" || isEmpty ? fault : faultOfStyle();
    }

    /// All of it up to its end: the style goes on behind a comment or an element in it.
    std::string faultOfStyle() const
    {
        const auto end = std::min(_rest.find('<'), _rest.size());
        if (!_rest.substr(end).starts_with("</")) return "its style has markup in it, which is not taken";
        return faultOfCss(_rest.substr(0, end));
    }

    std::string_view takeName()
    {
        const auto end = std::min(_rest.find_first_of(" \t\r\n/>="), _rest.size());
        const auto out = _rest.substr(0, end);
        _rest.remove_prefix(end);
        return out;
    }

    void skipBlanks() { _rest.remove_prefix(std::min(_rest.find_first_not_of(" \t\r\n/"), _rest.size())); }

    std::string takeAttributes()
    {
        for (skipBlanks(); !_rest.empty() && _rest.front() != '>'; skipBlanks())
        {
            const auto name = takeName();
            _rest.remove_prefix(std::min(_rest.find_first_not_of(kBlanks), _rest.size()));
            if (name.empty() || !_rest.starts_with("=")) return "its markup is not well formed";
            _rest.remove_prefix(1);
            _rest.remove_prefix(std::min(_rest.find_first_not_of(kBlanks), _rest.size()));
            const char quote = _rest.empty() ? '\0' : _rest.front();
            const auto end = quote == '"' || quote == '\'' ? _rest.find(quote, 1) : std::string_view::npos;
            if (end == std::string_view::npos) return "its markup is not well formed";
            const auto fault = faultOfAttribute(localName(name), trimmed(_rest.substr(1, end - 1)));
            if (!fault.empty()) return fault;
            _rest.remove_prefix(end + 1);
        }
        if (_rest.empty()) return "it is cut off";
        _rest.remove_prefix(1);
        return {};
    }

    static std::string faultOfAttribute(std::string_view name, std::string_view value)
    {
        if (name.starts_with("on")) return std::string("it has a handler (").append(name) + "), which is not taken";
        const bool isReference = name == "href" || name == "src";
        if (isReference && !value.starts_with("#") && !value.starts_with("data:image/png") &&
            !value.starts_with("data:image/jpeg") && !value.starts_with("data:image/webp"))
            return "it refers to something outside of it";
        if (value.find("www.w3.org/1999/xhtml") != std::string_view::npos) return "it has parts that are no picture";
        return faultOfCss(value);
    }

    /// url(...) may only name a part of the same picture; an escape could hide one.
    static std::string faultOfCss(std::string_view css)
    {
        if (css.find("@import") != std::string_view::npos || css.find('\\') != std::string_view::npos ||
            css.find("&#") != std::string_view::npos || css.find("javascript:") != std::string_view::npos)
            return "it has a style that is not taken";
        for (auto at = css.find("url("); at != std::string_view::npos; at = css.find("url(", at + 1))
        {
            auto target = css.substr(at + 4);
            target.remove_prefix(std::min(target.find_first_not_of(" \t\r\n\"'"), target.size()));
            if (!target.starts_with("#")) return "it refers to something outside of it";
        }
        return {};
    }

    std::string_view _rest;
    bool _hasRoot = false;
};

} // namespace

std::string faultOfSvg(std::string_view text)
{
    if (!isUtf8(text)) return "it is not UTF-8";
    // Not allowed in XML, and an escape would switch a declared encoding (ISO-2022-JP) to other signs than read here.
    if (std::any_of(text.begin(), text.end(), isControl)) return "it has a control character";
    return SvgScanner(lower(text)).run();
}

} // namespace catalogo
