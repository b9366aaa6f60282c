#pragma once

#include "Log.h"
#include "Problem.h"
#include "Result.h"
#include "detail/Barrier.h"
#include "detail/ProblemAbi.h"
#include "zoco/abi/http.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco
{

/// Decodes %XX (and '+' as space when `plusIsSpace`, as in query strings). Malformed escapes stay as they are.
inline std::string percentDecode(std::string_view text, bool plusIsSpace = false)
{
    const auto hex = [](char c) -> int
    {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        if (text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0)
        {
            out += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        }
        else
        {
            out += plusIsSpace && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

/// Names of headers, compared without case.
inline bool sameHeaderName(std::string_view a, std::string_view b) noexcept
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// A request as a handler sees it: names over zoco_request. Views live as long as the request (see zoco/abi/http.h).
class Request
{
public:
    explicit Request(const zoco_request& raw) noexcept : _raw(&raw) {}

    std::string_view method() const noexcept { return view(_raw->method); }
    std::string_view path() const noexcept { return view(_raw->path); }
    std::string_view rawQuery() const noexcept { return view(_raw->query); }
    std::string_view body() const noexcept { return view(_raw->body); }
    std::string_view requestId() const noexcept { return view(_raw->request_id); }
    std::string_view traceparent() const noexcept { return view(_raw->traceparent); }
    std::string_view clientAddress() const noexcept { return view(_raw->client_address); }
    std::string_view publicUrl() const noexcept { return view(_raw->public_url); }
    std::int64_t deadlineNs() const noexcept { return _raw->deadline_ns; }

    /// Decoded parameter of the route's pattern; empty when the pattern has no such name.
    std::string_view param(std::string_view name) const noexcept { return find(_raw->params, _raw->param_count, name); }
    /// A claim set by the host about who asks; empty when anonymous.
    std::string_view claim(std::string_view name) const noexcept { return find(_raw->claims, _raw->claim_count, name); }
    /// All values of a claim that comes once for each, such as "role".
    std::vector<std::string_view> claims(std::string_view name) const
    {
        std::vector<std::string_view> out;
        for (std::uint32_t i = 0; i < _raw->claim_count; ++i)
            if (view(_raw->claims[i].name) == name) out.push_back(view(_raw->claims[i].value));
        return out;
    }
    /// Whether a claim has this value among its values.
    bool hasClaim(std::string_view name, std::string_view value) const noexcept
    {
        for (std::uint32_t i = 0; i < _raw->claim_count; ++i)
            if (view(_raw->claims[i].name) == name && view(_raw->claims[i].value) == value) return true;
        return false;
    }

    /// First value of a header, its name compared without case.
    std::string_view header(std::string_view name) const noexcept
    {
        for (std::uint32_t i = 0; i < _raw->header_count; ++i)
            if (sameHeaderName(view(_raw->headers[i].name), name)) return view(_raw->headers[i].value);
        return {};
    }

    /// First value of a query parameter, decoded; nullopt when it is not there.
    std::optional<std::string> query(std::string_view name) const
    {
        std::string_view rest = rawQuery();
        while (!rest.empty())
        {
            const auto end = std::min(rest.find('&'), rest.size());
            const auto pair = rest.substr(0, end);
            const auto equals = std::min(pair.find('='), pair.size());
            if (percentDecode(pair.substr(0, equals), true) == name)
                return percentDecode(equals < pair.size() ? pair.substr(equals + 1) : std::string_view{}, true);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return std::nullopt;
    }

    /// By what it is known again, for StoredReplies; null when it has no Idempotency-Key or its route takes none.
    const zoco_idempotency* idempotency() const noexcept
    {
        constexpr auto kEnd = offsetof(zoco_request, idempotency) + sizeof(zoco_request::idempotency);
        return _raw->struct_size < kEnd ? nullptr : _raw->idempotency;
    }

    const zoco_request& raw() const noexcept { return *_raw; }

private:
    static std::string_view find(const zoco_pair* pairs, std::uint32_t count, std::string_view name) noexcept
    {
        for (std::uint32_t i = 0; i < count; ++i)
            if (view(pairs[i].name) == name) return view(pairs[i].value);
        return {};
    }
    const zoco_request* _raw;
};

/// An answer: status, headers, body; or a Problem, which converts by itself.
class Reply
{
public:
    Reply(int status, std::string body, std::string_view contentType) : _status(status), _body(std::move(body))
    {
        header("Content-Type", contentType);
    }
    Reply(Problem problem) : _status(problem.status), _problem(std::move(problem)) {}
    Reply(Result<Reply> result) : Reply(result.ok() ? std::move(result).value() : Reply(std::move(result.problem()))) {}

    static Reply json(std::string body, int status = 200) { return {status, std::move(body), "application/json"}; }
    static Reply text(std::string body, int status = 200)
    {
        return {status, std::move(body), "text/plain; charset=utf-8"};
    }
    /// Bytes without any header, not even Content-Type.
    static Reply bytes(std::string body, int status = 200)
    {
        Reply r(status);
        r._body = std::move(body);
        return r;
    }
    /// A status without content, such as 204 or 304.
    static Reply empty(int status)
    {
        Reply r(status);
        return r;
    }

    Reply& header(std::string_view name, std::string_view value) &
    {
        _headers.emplace_back(name, value);
        return *this;
    }
    Reply&& header(std::string_view name, std::string_view value) && { return std::move(header(name, value)); }

    /// Gives the client a session: the host sets its cookie, of a name and kind that fit the shop's address. Only in
    /// answers of the plugin that provides zoco.auth/1 (see Auth.h); from another one it is left out. `token`: 43
    /// characters of base64url.
    Reply& session(std::string_view token, std::chrono::seconds maxAge) &
    {
        return header("Zoco-Session", std::string(token) + "; Max-Age=" + std::to_string(maxAge.count()));
    }
    Reply&& session(std::string_view token, std::chrono::seconds maxAge) &&
    {
        return std::move(session(token, maxAge));
    }
    /// Takes the client's session cookie away.
    Reply& endSession() & { return header("Zoco-Session", ""); }
    Reply&& endSession() && { return std::move(endSession()); }

    int status() const noexcept { return _status; }
    const std::string& body() const noexcept { return _body; }
    const std::vector<std::pair<std::string, std::string>>& headers() const noexcept { return _headers; }
    const std::optional<Problem>& problem() const noexcept { return _problem; }

    /// Hands the answer to a responder; the body's memory goes along and is freed here, by its release.
    zoco_status sendTo(zoco_responder* responder) &&
    {
        if (_problem) return fail(responder, *_problem);
        std::vector<zoco_pair> pairs;
        pairs.reserve(_headers.size());
        for (const auto& [name, value] : _headers) pairs.push_back({str(name), str(value)});
        auto body = std::make_unique<std::string>(std::move(_body));
        const zoco_blob blob{body->data(), body->size(), [](void* ctx) { delete static_cast<std::string*>(ctx); },
                             body.get()};
        body.release();
        return responder->send(responder, _status, pairs.data(), static_cast<std::uint32_t>(pairs.size()), blob);
    }

    static zoco_status fail(zoco_responder* responder, const Problem& problem)
    {
        return responder->fail(responder, detail::ProblemAbi(problem).raw());
    }

private:
    explicit Reply(int status) : _status(status) {}

    int _status;
    std::vector<std::pair<std::string, std::string>> _headers;
    std::string _body;
    std::optional<Problem> _problem;
};

/// The right to answer one request later, from any thread. Move-only; dropped without an answer, the client gets a 500.
class Responder
{
public:
    explicit Responder(zoco_responder* raw) noexcept : _raw(raw) {}
    Responder(Responder&& other) noexcept : _raw(std::exchange(other._raw, nullptr)) {}
    Responder& operator=(Responder&& other) noexcept
    {
        std::swap(_raw, other._raw);
        return *this;
    }
    ~Responder()
    {
        if (_raw != nullptr) _raw->release(_raw);
    }

    /// Answers. A second answer is refused with ZOCO_E_MISUSE.
    zoco_status send(Reply reply) { return _raw == nullptr ? ZOCO_E_MISUSE : std::move(reply).sendTo(_raw); }
    /// Whether nobody waits any more.
    bool isCancelled() const noexcept { return _raw == nullptr || _raw->is_cancelled(_raw) != 0; }

private:
    zoco_responder* _raw;
};

enum class Auth : std::uint32_t
{
    User = ZOCO_AUTH_USER,
    Public = ZOCO_AUTH_PUBLIC,
    Visitor = ZOCO_AUTH_VISITOR,
    Role = ZOCO_AUTH_ROLE,
    Internal = ZOCO_AUTH_INTERNAL
};

/// Whether a route takes an Idempotency-Key; see StoredReplies.
enum class Idempotency : std::uint32_t
{
    None = 0,
    Accepted = ZOCO_IDEMPOTENCY_ACCEPTED,
    Required = ZOCO_IDEMPOTENCY_REQUIRED
};

/// What a route declares and the host enforces; see zoco_route. Texts must live until `route` returns.
struct RouteOptions
{
    Auth auth = Auth::User;
    const char* role = nullptr;
    bool idempotent = false;
    bool nonBlocking = false;
    std::uint32_t timeoutMs = 0;
    std::uint64_t bodyLimit = 0;
    std::uint32_t rateCount = 0;
    std::uint32_t rateWindowMs = 0;
    const char* cacheControl = nullptr;
    const char* openapi = nullptr;
    Idempotency idempotency = Idempotency::None;
};

/// Answers at once, on a worker thread.
using Handler = std::function<Reply(const Request&)>;
/// Keeps the responder and answers later. The request's views die with the responder. What it throws is logged, and the
/// client gets a 500 unless it was answered before: pass problems to the responder.
using DeferredHandler = std::function<void(const Request&, Responder)>;

/// Registers routes. The handlers live in here, so it lives as long as the plugin. [lifecycle, in init]
class Http
{
public:
    Http(const zoco_http* table, Log log) noexcept : _table(table), _log(log) {}
    Http(const Http&) = delete;
    Http& operator=(const Http&) = delete;

    void route(const char* method, const char* pattern, const RouteOptions& options, Handler handler)
    {
        _handlers.push_back({std::move(handler), nullptr, _log, pattern});
        add(method, pattern, options, &runHandler);
    }
    void deferred(const char* method, const char* pattern, const RouteOptions& options, DeferredHandler handler)
    {
        _handlers.push_back({nullptr, std::move(handler), _log, pattern});
        add(method, pattern, options, &runDeferred);
    }

private:
    struct Bound
    {
        Handler now;
        DeferredHandler later;
        Log log;
        std::string pattern;
    };

    void add(const char* method, const char* pattern, const RouteOptions& o, zoco_handler handler)
    {
        std::uint32_t flags = 0;
        if (o.idempotent) flags |= ZOCO_ROUTE_IDEMPOTENT;
        if (o.nonBlocking) flags |= ZOCO_ROUTE_NON_BLOCKING;
        const zoco_route raw{sizeof(zoco_route),
                             static_cast<std::uint32_t>(o.auth),
                             method,
                             pattern,
                             o.role,
                             flags,
                             o.timeoutMs,
                             o.bodyLimit,
                             o.rateCount,
                             o.rateWindowMs,
                             o.cacheControl,
                             o.openapi,
                             handler,
                             &_handlers.back(),
                             static_cast<std::uint32_t>(o.idempotency)};
        if (_table->route(_table->self, &raw) != ZOCO_OK)
            throw ProblemException({500,
                                    "bad-route",
                                    "The host refused the route " + std::string(method) + " " + pattern,
                                    "",
                                    {},
                                    ZOCO_E_INVALID});
    }

    static void logThrown(const Bound& bound, std::string_view requestId, const char* what) noexcept
    {
        bound.log.error("handler threw", {{"route", bound.pattern}, {"what", what}, {"request_id", requestId}});
    }

    static zoco_status runHandler(void* ctx, const zoco_request* request, zoco_responder* responder)
    {
        const auto& bound = *static_cast<const Bound*>(ctx);
        bool answered = false;
        const auto status = detail::barrier([&] { return bound.now(Request(*request)).sendTo(responder); },
                                            [&](const char* what, const Problem* problem)
                                            {
                                                if (problem != nullptr)
                                                    answered = Reply::fail(responder, *problem) == ZOCO_OK;
                                                else
                                                    logThrown(bound, view(request->request_id), what);
                                            });
        return answered ? ZOCO_OK : status;
    }

    static zoco_status runDeferred(void* ctx, const zoco_request* request, zoco_responder* responder)
    {
        const auto& bound = *static_cast<const Bound*>(ctx);
        char requestId[64]; // a copy: when the handler throws, its Responder has been released, and the request with it
        const auto size = view(request->request_id).copy(requestId, sizeof requestId);
        (void)detail::barrier(
            [&]
            {
                bound.later(Request(*request), Responder(responder));
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                logThrown(bound, {requestId, size}, what);
            });
        return ZOCO_DEFERRED; // the Responder was made, so its end is its own affair, thrown or not
    }

    const zoco_http* _table;
    Log _log;
    std::deque<Bound> _handlers;
};

} // namespace zoco
