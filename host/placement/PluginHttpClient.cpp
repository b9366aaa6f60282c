#include "PluginHttpClient.h"

#include "core/net/HttpFault.h"
#include "zoco/Problem.h"
#include "zoco/detail/Barrier.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace zoco::host
{

namespace
{

constexpr std::uint32_t kTimeoutMs = 10'000;
constexpr std::uint64_t kMostBytes = 1u << 20;

HttpRequest copyOf(const zoco_client_request& raw)
{
    HttpRequest out{std::string(view(raw.method)),
                    std::string(view(raw.url)),
                    {},
                    std::string(view(raw.body)),
                    raw.timeout_ms == 0 ? kTimeoutMs : raw.timeout_ms,
                    raw.most_bytes == 0 ? kMostBytes : raw.most_bytes,
                    raw.reach == ZOCO_REACH_PUBLIC};
    for (std::uint32_t i = 0; i < raw.header_count; ++i)
        out.headers.emplace_back(view(raw.headers[i].name), view(raw.headers[i].value));
    return out;
}

} // namespace

PluginHttpClient::PluginHttpClient(TimerQueue& timers, std::string caFile, LogSource log, std::function<bool()> mayAsk)
    : _table{sizeof(zoco_http_client), this, &send, ZOCO_REACH_PUBLIC},
      _sender(timers, std::move(caFile)),
      _log(std::move(log)),
      _mayAsk(std::move(mayAsk))
{
}

zoco_status PluginHttpClient::send(void* self, const zoco_client_request* raw, zoco_client_taker taker, void* ctx)
{
    return detail::barrier(
        [&]() -> zoco_status
        {
            if (raw == nullptr || taker == nullptr) return ZOCO_E_INVALID;
            zoco_client_request request{}; // the tail that an older plugin does not know stays zero
            std::memcpy(&request, raw, std::min<std::size_t>(raw->struct_size, sizeof request));
            return static_cast<PluginHttpClient*>(self)->send(request, taker, ctx);
        },
        [](const char*, const Problem*) {});
}

zoco_status PluginHttpClient::send(const zoco_client_request& raw, zoco_client_taker taker, void* ctx)
{
    if (!_mayAsk()) return ZOCO_E_MISUSE;
    if (raw.reach > ZOCO_REACH_PUBLIC) return ZOCO_E_INVALID;
    const auto request = copyOf(raw);
    zoco_client_reply out{sizeof out, 0, nullptr, 0, {}, {}};
    try
    {
        const auto reply = _sender.send(request);
        std::vector<zoco_pair> headers;
        for (const auto& [name, value] : reply.headers) headers.push_back({str(name), str(value)});
        out.status = reply.status;
        out.headers = headers.data();
        out.header_count = static_cast<std::uint32_t>(headers.size());
        out.body = {reply.body.data(), reply.body.size()};
        taker(ctx, &out);
        return ZOCO_OK;
    }
    catch (const HttpFault& fault)
    {
        const auto url = ClientUrl::parse(request.url);
        _log.warning(
            "a request to another server has no answer",
            {{"server", url ? url->authority : std::string()}, {"status", fault.status()}, {"reason", fault.what()}});
        out.fault = str(fault.what());
        taker(ctx, &out);
        return fault.status();
    }
}

} // namespace zoco::host
