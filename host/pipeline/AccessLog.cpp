#include "AccessLog.h"

#include "core/Clock.h"
#include "zoco/Json.h"

namespace zoco::host
{

namespace
{

void begin(std::string& line, std::string_view requestId, std::string_view client, std::string_view method,
           std::string_view path, int status)
{
    line = "{\"time\":\"";
    appendRfc3339(line, unixMicros());
    line += "\",\"request_id\":\"";
    line += requestId;
    line += "\",\"client\":\"";
    line += client;
    line += "\",\"method\":";
    JsonWriter(line).value(method);
    line += ",\"path\":";
    JsonWriter(line).value(path);
    line += ",\"status\":";
    JsonWriter(line).value(status);
}

std::string& lineBuffer()
{
    static thread_local std::string line;
    return line;
}

} // namespace

void AccessLog::write(const Call& call, int status, std::size_t bytes) noexcept
{
    if (_file == nullptr) return;
    auto& line = lineBuffer();
    begin(line, call.requestId(), call.clientAddress(), call.method(), call.path(), status);
    line += ",\"bytes\":";
    JsonWriter(line).value(bytes);
    line += ",\"us\":";
    JsonWriter(line).value((steadyNs() - call.receivedNs()) / 1000);
    if (const auto* asker = call.asker(); asker != nullptr)
    {
        line += ",\"sub\":\"";
        line += asker->publicId();
        line += '"';
    }
    const auto& route = call.route();
    line += ",\"plugin\":\"";
    line += route.plugin;
    line += "\",\"placement\":\"";
    line += route.placement;
    line += "\",\"generation\":";
    JsonWriter(line).value(route.generation);
    line += ",\"route\":";
    JsonWriter(line).value(route.pattern.text);
    line += "}\n";
    _file->append(line);
}

void AccessLog::writeRefused(std::string_view client, std::string_view method, std::string_view path, int status,
                             std::string_view slug, std::string_view requestId) noexcept
{
    if (_file == nullptr) return;
    auto& line = lineBuffer();
    begin(line, requestId, client, method, path, status);
    line += ",\"refused\":\"";
    line += slug;
    line += "\"}\n";
    _file->append(line);
}

} // namespace zoco::host
