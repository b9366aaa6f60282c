#pragma once

#include "FakeCall.h"

#include <deque>
#include <string>
#include <vector>

namespace zoco::testing
{

/// A route as it was registered.
struct FakeRoute
{
    std::string method;
    std::string pattern;
    std::string role;
    std::string cacheControl;
    std::string openapi;
    zoco_route raw; ///< its texts are no longer there
};

/// zoco.http/1: keeps the routes and calls their handlers, on the test's thread. It picks the route as the host does,
/// but enforces nothing: what a route declares (auth, limits) is there to be looked at, by `route`.
class FakeHttp
{
public:
    FakeHttp() : _table{sizeof(zoco_http), this, &add} {}
    FakeHttp(const FakeHttp&) = delete;
    FakeHttp& operator=(const FakeHttp&) = delete;

    const zoco_http* raw() const noexcept { return &_table; }

    const std::vector<FakeRoute>& routes() const noexcept { return _routes; }
    /// What was registered for just this method and pattern; throws std::out_of_range when nothing was.
    const FakeRoute& route(std::string_view method, std::string_view pattern) const
    {
        for (const auto& r : _routes)
            if (r.method == method && r.pattern == pattern) return r;
        throw std::out_of_range("no route " + std::string(method) + " " + std::string(pattern));
    }

    /// Sends a request. The call lives as long as this object; a deferred one is answered later. 404 or 405 when no
    /// route takes it.
    FakeCall& send(FakeRequest request)
    {
        const auto path = request.path.substr(0, request.path.find('?'));
        const FakeRoute* best = nullptr;
        std::string bestRank;
        Pairs bestParams;
        bool isPathKnown = false;
        for (const auto& r : _routes)
        {
            std::string rank;
            Pairs params;
            if (!matches(r.pattern, path, params, rank)) continue;
            isPathKnown = true;
            if (!takes(r.method, request.method) || (best != nullptr && rank >= bestRank)) continue;
            best = &r;
            bestRank = rank;
            bestParams = std::move(params);
        }
        auto& call = _calls.emplace_back(std::move(request), std::move(bestParams));
        if (best != nullptr)
            call.run(best->raw.handler, best->raw.ctx);
        else if (isPathKnown)
            call.refuse(405, "method-not-allowed");
        else
            call.refuse(404, "not-found");
        return call;
    }
    FakeCall& get(const std::string& path) { return send({.path = path}); }

private:
    static bool takes(std::string_view routeMethod, std::string_view method)
    {
        return routeMethod == method || (routeMethod == "GET" && method == "HEAD");
    }

    static std::string_view nextSegment(std::string_view& rest)
    {
        rest.remove_prefix(1);
        const auto segment = rest.substr(0, rest.find('/'));
        rest.remove_prefix(segment.size());
        return segment;
    }

    /// Whether a pattern takes a path. `rank` has a letter per segment, smaller for what wins: a literal, then a
    /// parameter, then "{rest...}".
    static bool matches(std::string_view pattern, std::string_view path, Pairs& params, std::string& rank)
    {
        while (!pattern.empty() && !path.empty())
        {
            const auto wholePath = path.substr(1);
            const auto want = nextSegment(pattern);
            const auto have = nextSegment(path);
            if (want.ends_with("...}"))
            {
                rank += 'c';
                params.emplace_back(want.substr(1, want.size() - 5), percentDecode(wholePath));
                return true;
            }
            const bool isParameter = want.starts_with('{');
            if (isParameter ? have.empty() : percentDecode(have) != want) return false;
            if (isParameter) params.emplace_back(want.substr(1, want.size() - 2), percentDecode(have));
            rank += isParameter ? 'b' : 'a';
        }
        return pattern.empty() && path.empty();
    }

    static zoco_status add(void* self, const zoco_route* raw)
    {
        if (raw->handler == nullptr || raw->method == nullptr || raw->pattern == nullptr || raw->pattern[0] != '/')
            return ZOCO_E_INVALID;
        const auto text = [](const char* s) { return s == nullptr ? std::string() : std::string(s); };
        static_cast<FakeHttp*>(self)->_routes.push_back(
            {raw->method, raw->pattern, text(raw->role), text(raw->cache_control), text(raw->openapi), *raw});
        return ZOCO_OK;
    }

    zoco_http _table;
    std::vector<FakeRoute> _routes;
    std::deque<FakeCall> _calls;
};

} // namespace zoco::testing
