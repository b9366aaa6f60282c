#pragma once

#include "zoco/HttpClient.h"

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace zoco::testing
{

/// zoco.http-client/1 without a network: a test says what each request is answered, and sees what was asked.
/// [any-thread]
class FakeHttpClient
{
public:
    /// An answer, or the status that the call has without one.
    using Answer = Result<ClientReply>;

    FakeHttpClient() : _table{sizeof(zoco_http_client), this, &send, ZOCO_REACH_PUBLIC} {}
    FakeHttpClient(const FakeHttpClient&) = delete;
    FakeHttpClient& operator=(const FakeHttpClient&) = delete;

    const zoco_http_client* raw() const noexcept { return &_table; }

    /// Who answers from now on; until then every server is away. Called on the asking thread.
    void answer(std::function<Answer(const ClientRequest&)> answers)
    {
        const std::lock_guard lock(_mutex);
        _answers = std::move(answers);
    }
    void answer(ClientReply reply)
    {
        answer([reply = std::move(reply)](const ClientRequest&) -> Answer { return reply; });
    }
    /// All that was asked, in order.
    std::vector<ClientRequest> requests() const
    {
        const std::lock_guard lock(_mutex);
        return _requests;
    }

private:
    static zoco_status send(void* self, const zoco_client_request* raw, zoco_client_taker taker, void* ctx)
    {
        auto& fake = *static_cast<FakeHttpClient*>(self);
        ClientRequest request{std::string(view(raw->method)),
                              std::string(view(raw->url)),
                              {},
                              std::string(view(raw->body)),
                              raw->timeout_ms,
                              raw->most_bytes,
                              detail::has(raw, &zoco_client_request::reach) ? static_cast<Reach>(raw->reach)
                                                                            : Reach::Any};
        for (std::uint32_t i = 0; i < raw->header_count; ++i)
            request.headers.emplace_back(view(raw->headers[i].name), view(raw->headers[i].value));
        std::function<Answer(const ClientRequest&)> answers;
        {
            const std::lock_guard lock(fake._mutex);
            fake._requests.push_back(request);
            answers = fake._answers;
        }
        auto answer = answers ? answers(request) : Answer(Problem::fromStatus(ZOCO_E_UNAVAILABLE));
        zoco_client_reply out{sizeof out, 0, nullptr, 0, {}, str("the test says so")};
        std::vector<zoco_pair> headers;
        if (answer.ok())
        {
            for (const auto& [name, value] : answer->headers) headers.push_back({str(name), str(value)});
            const auto count = static_cast<std::uint32_t>(headers.size());
            out = {sizeof out, answer->status, headers.data(), count, {answer->body.data(), answer->body.size()}, {}};
        }
        taker(ctx, &out);
        return answer.ok() ? ZOCO_OK : answer.problem().code;
    }

    zoco_http_client _table;
    mutable std::mutex _mutex;
    std::function<Answer(const ClientRequest&)> _answers;
    std::vector<ClientRequest> _requests;
};

} // namespace zoco::testing
