#include "Form.h"

#include "zoco/Http.h"

#include <algorithm>

namespace pagos
{

std::string formField(std::string_view form, std::string_view name)
{
    while (!form.empty())
    {
        const auto end = std::min(form.find('&'), form.size());
        const auto pair = form.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        if (zoco::percentDecode(pair.substr(0, equals), true) == name)
            return zoco::percentDecode(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, true);
        form.remove_prefix(std::min(end + 1, form.size()));
    }
    return {};
}

std::string formOf(const std::vector<std::pair<std::string, std::string>>& fields)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    const auto add = [&](std::string_view text)
    {
        for (const auto c : text)
        {
            const auto byte = static_cast<unsigned char>(c);
            const bool isPlain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                                 c == '-' || c == '.' || c == '_' || c == '~';
            if (isPlain)
                out += c;
            else
                out.append({'%', kHex[byte >> 4], kHex[byte & 15]});
        }
    };
    for (const auto& [name, value] : fields)
    {
        if (!out.empty()) out += '&';
        add(name);
        out += '=';
        add(value);
    }
    return out;
}

std::string escaped(std::string_view text)
{
    std::string out;
    for (const auto c : text)
    {
        switch (c)
        {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += c;
        }
    }
    return out;
}

} // namespace pagos
