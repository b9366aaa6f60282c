#pragma once

#include "FakeCall.h"
#include "FakeConsumer.h"
#include "FakeService.h"
#include "zoco/Auth.h"

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace zoco::testing
{

/// Lets a lent zoco.auth/1 answer a plugin that asks for step-up. To be made before the plugin's start.
class FakeAuth
{
public:
    explicit FakeAuth(FakeService& auth)
    {
        auth.on(std::string(kAuthStepUp),
                [this](const FakeStep& step)
                {
                    FakeResult out{{"autenticado", "metodos", "emisor"}, {}};
                    const auto found = _logins.find({step.args.at("usuario").text(), step.args.at("sesion").text()});
                    if (found != _logins.end() && found->second.autenticado >= step.args.at("desde").integer())
                        out.rows.push_back(
                            {Value::time(found->second.autenticado), found->second.metodos, found->second.emisor});
                    return out;
                });
    }
    FakeAuth(const FakeAuth&) = delete;
    FakeAuth& operator=(const FakeAuth&) = delete;

    /// This user proved in this session, at this time in microseconds, who they are.
    void freshen(const std::string& usuario, const std::string& sesion, std::int64_t timeUs,
                 std::string metodos = "pwd", std::string emisor = {})
    {
        _logins[{usuario, sesion}] = {timeUs, std::move(metodos), std::move(emisor)};
    }

private:
    std::map<std::pair<std::string, std::string>, FreshLogin> _logins;
};

/// Asks the zoco.auth/1 that the plugin under test offers as the host does, and as other plugins do. Its end comes
/// before the plugin's stop. What the provider fails with is thrown as ProblemException.
class FakeAuthConsumer
{
public:
    explicit FakeAuthConsumer(zoco_provider& provider)
        : _consumer(provider, "host"),
          _session(_consumer.service().operation(kAuthSession, {"huella"})),
          _stepUp(_consumer.service().operation(kAuthStepUp, {"usuario", "sesion", "desde"}))
    {
    }

    /// By the fingerprint of a token: SHA-256 of its 43 characters.
    std::optional<AuthSession> session(std::string_view fingerprint)
    {
        std::optional<AuthSession> out;
        take(_consumer.service().call({}, _session, {Value::blob(fingerprint)},
                                      [&](const Row& row) { keep(out, row.as<AuthSession>()); }));
        return out;
    }

    std::optional<FreshLogin> stepUp(std::string_view usuario, std::string_view sesion, std::int64_t sinceUs)
    {
        std::optional<FreshLogin> out;
        take(_consumer.service().call({}, _stepUp, {usuario, sesion, Value::time(sinceUs)},
                                      [&](const Row& row) { keep(out, row.as<FreshLogin>()); }));
        return out;
    }

private:
    template <class T>
    static void keep(std::optional<T>& out, T row)
    {
        if (out) throw std::logic_error("zoco.auth/1 answered more than one row");
        out = std::move(row);
    }
    static void take(const Result<std::int64_t>& done)
    {
        if (!done.ok()) throw ProblemException(done.problem());
    }

    FakeConsumer _consumer;
    Operation _session;
    Operation _stepUp;
};

/// What a reply of the provider would do to the client's session cookie: the token and its seconds, an empty token when
/// it ends the session; nothing when the reply says nothing of it.
struct FakeSessionCookie
{
    std::string token;
    std::int64_t maxAge = 0;

    static std::optional<FakeSessionCookie> of(const Pairs& headers)
    {
        for (const auto& [name, value] : headers)
        {
            if (!sameHeaderName(name, kSessionHeader)) continue;
            const auto semicolon = value.find("; Max-Age=");
            if (semicolon == std::string::npos) return FakeSessionCookie{value, 0};
            return FakeSessionCookie{value.substr(0, semicolon), std::stoll(value.substr(semicolon + 10))};
        }
        return std::nullopt;
    }
};

} // namespace zoco::testing
