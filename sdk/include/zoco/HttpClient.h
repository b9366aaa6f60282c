#pragma once

#include "Result.h"
#include "detail/Barrier.h"
#include "zoco/abi/http_client.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco
{

/// Which servers a request may go to.
enum class Reach : std::uint32_t
{
    Any = ZOCO_REACH_ANY,      ///< whatever the machine reaches
    Public = ZOCO_REACH_PUBLIC ///< the public internet, for an address that came from somebody else
};

/// A request to a server elsewhere. A value.
struct ClientRequest
{
    std::string method = "GET";
    std::string url; ///< absolute, http or https
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::uint32_t timeoutMs = 10'000;   ///< for all of it
    std::uint64_t mostBytes = 1u << 20; ///< of the answer's body; a larger one is a failure
    Reach reach = Reach::Any;
};

/// What the server answered. A value.
struct ClientReply
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};

    /// The first header of that name, whatever its case; empty when there is none.
    std::string_view header(std::string_view name) const noexcept
    {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; };
        const auto isIt = [&](const auto& pair)
        {
            return std::equal(name.begin(), name.end(), pair.first.begin(), pair.first.end(),
                              [&](char a, char b) { return lower(a) == lower(b); });
        };
        const auto found = std::find_if(headers.begin(), headers.end(), isIt);
        return found == headers.end() ? std::string_view() : std::string_view(found->second);
    }
};

/// Requests to servers elsewhere (zoco/abi/http_client.h). [any-thread] from start on.
class HttpClient
{
public:
    explicit HttpClient(const zoco_http_client* table) noexcept : _table(table) {}

    /// Waits for the answer; any status of HTTP is one. A problem's `code` says what went wrong (abi/http_client.h),
    /// its texts nothing of the server; the host logs the reason.
    Result<ClientReply> send(const ClientRequest& request) const
    {
        std::vector<zoco_pair> headers;
        for (const auto& [name, value] : request.headers) headers.push_back({str(name), str(value)});
        const zoco_client_request raw{sizeof raw,
                                      static_cast<std::uint32_t>(headers.size()),
                                      str(request.method),
                                      str(request.url),
                                      headers.data(),
                                      {request.body.data(), request.body.size()},
                                      request.timeoutMs,
                                      request.mostBytes,
                                      static_cast<std::uint32_t>(request.reach)};
        const bool isKnown = detail::has(_table, &zoco_http_client::most_reach) && _table->most_reach >= raw.reach;
        if (request.reach != Reach::Any && !isKnown)
            return Problem::fromStatus(ZOCO_E_UNSUPPORTED); // it would go anywhere
        Taken taken;
        const auto status = _table->send(_table->self, &raw, &take, &taken);
        if (taken.isLost) return Problem::fromStatus(ZOCO_E_FAILED);
        if (status == ZOCO_OK) return std::move(taken.reply);
        if (status == ZOCO_E_FAILED)
            return Problem{502, "bad-upstream", "Unusable answer", "Another server's answer is unusable.", {}, status};
        return Problem::fromStatus(status);
    }

private:
    struct Taken
    {
        ClientReply reply;
        bool isLost = false; ///< no memory
    };

    static void take(void* ctx, const zoco_client_reply* reply) noexcept
    {
        auto& out = *static_cast<Taken*>(ctx);
        try
        {
            out.reply.status = reply->status;
            out.reply.body = view(reply->body);
            for (std::uint32_t i = 0; i < reply->header_count; ++i)
                out.reply.headers.emplace_back(view(reply->headers[i].name), view(reply->headers[i].value));
        }
        catch (...)
        {
            out.isLost = true;
        }
    }

    const zoco_http_client* _table;
};

} // namespace zoco
