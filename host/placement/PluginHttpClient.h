#pragma once

#include "core/Log.h"
#include "core/net/HttpSender.h"
#include "zoco/abi/http_client.h"

#include <functional>
#include <string>

namespace zoco::host
{

/// zoco.http-client/1 for one plugin instance. What fails is logged as the plugin's, with the server's name but nothing
/// of the request.
class PluginHttpClient
{
public:
    /// `timers` outlives it. `mayAsk`: whether the instance may use it by now.
    PluginHttpClient(TimerQueue& timers, std::string caFile, LogSource log, std::function<bool()> mayAsk);
    PluginHttpClient(const PluginHttpClient&) = delete;
    PluginHttpClient& operator=(const PluginHttpClient&) = delete;

    const zoco_http_client* table() const noexcept { return &_table; }

private:
    static zoco_status send(void* self, const zoco_client_request* request, zoco_client_taker taker, void* ctx);
    zoco_status send(const zoco_client_request& request, zoco_client_taker taker, void* ctx);

    zoco_http_client _table;
    HttpSender _sender;
    LogSource _log;
    const std::function<bool()> _mayAsk;
};

} // namespace zoco::host
