#include "MetricText.h"

#include "Utf8.h"

#include <charconv>
#include <cmath>

namespace zoco::host
{

namespace
{

std::string number(double value)
{
    if (std::isnan(value)) return "NaN";
    if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    return {buffer, end};
}

void appendEscaped(std::string& out, std::string_view text, bool isLabel)
{
    std::string scratch;
    for (const char c : validUtf8(text, scratch))
    {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || (c == '"' && isLabel))
            out += {'\\', c};
        else
            out += c;
    }
}

} // namespace

void MetricText::family(std::string_view name, std::string_view type, std::string_view help)
{
    _name = name;
    _text.append("# HELP ").append(_name).append(" ");
    appendEscaped(_text, help, false);
    _text.append("\n# TYPE ").append(_name).append(" ").append(type).append("\n");
}

void MetricText::sample(std::string_view suffix, const MetricLabels& labels, double value)
{
    line(suffix, labels, {}, value);
}

void MetricText::bucket(const MetricLabels& labels, double bound, double count)
{
    line("_bucket", labels, number(bound), count);
}

void MetricText::line(std::string_view suffix, const MetricLabels& labels, std::string_view bound, double value)
{
    _text.append(_name).append(suffix);
    char separator = '{';
    const auto append = [&](std::string_view name, std::string_view text)
    {
        _text += separator;
        _text.append(name).append("=\"");
        appendEscaped(_text, text, true);
        _text += '"';
        separator = ',';
    };
    for (const auto& [name, text] : labels) append(name, text);
    if (!bound.empty()) append("le", bound);
    if (separator == ',') _text += '}';
    _text.append(" ").append(number(value)).append("\n");
}

} // namespace zoco::host
