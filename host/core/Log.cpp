#include "Log.h"

#include "AsyncFile.h"
#include "Clock.h"
#include "Utf8.h"
#include "zoco/Json.h"

#include <algorithm>
#include <array>

namespace zoco::host
{

namespace
{

std::string_view levelName(LogLevel level)
{
    switch (level)
    {
    case LogLevel::Error:
        return "error";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Debug:
        return "debug";
    default:
        return "info";
    }
}

/// Names whose values are never written, in whatever part of a longer name they stand.
bool isSecret(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> kWords{"password",      "clave",  "secret",  "token", "ficha",
                                                             "authorization", "cookie", "tarjeta", "cvv",   "iban"};
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; });
    return std::any_of(kWords.begin(), kWords.end(), [&](auto word) { return lower.find(word) != std::string::npos; });
}

bool isReserved(std::string_view name)
{
    return name == "time" || name == "level" || name == "source" || name == "message";
}

void writeValue(JsonWriter& json, const zoco_value& v, std::string& scratch)
{
    switch (v.kind)
    {
    case ZOCO_BOOL:
        json.value(v.as.i != 0);
        break;
    case ZOCO_INT:
    case ZOCO_TIME:
        json.value(v.as.i);
        break;
    case ZOCO_REAL:
        json.value(v.as.d);
        break;
    case ZOCO_TEXT:
    case ZOCO_BLOB:
        json.value(validUtf8(view(v.as.b), scratch));
        break;
    default:
        json.value(nullptr);
    }
}

} // namespace

bool LogSource::isEnabled(LogLevel level) const noexcept
{
    return static_cast<std::uint32_t>(level) <= static_cast<std::uint32_t>(_log->_threshold) &&
           static_cast<std::uint32_t>(level) != 0;
}

void LogSource::write(LogLevel level, std::string_view message, const zoco_field* fields, std::uint32_t count) const
{
    if (!isEnabled(level)) return;
    if (_log->_sink != nullptr) return _log->_sink->write(level, _name, message, fields, count);
    std::string line;
    std::string scratch;
    line.reserve(256);
    line += "{\"time\":\"";
    appendRfc3339(line, unixMicros());
    line += "\",\"level\":\"";
    line += levelName(level);
    line += "\",\"source\":\"";
    line += _name;
    line += "\",\"message\":";
    JsonWriter(line).value(validUtf8(message, scratch));
    for (std::uint32_t i = 0; i < count; ++i)
    {
        const auto name = validUtf8(view(fields[i].name), scratch);
        line += ',';
        JsonWriter json(line);
        json.key(isReserved(name) ? "field_" + std::string(name) : std::string(name));
        if (isSecret(name))
            json.value("***");
        else
            writeValue(json, fields[i].value, scratch);
    }
    line += "}\n";
    _log->_file->append(line);
}

} // namespace zoco::host
