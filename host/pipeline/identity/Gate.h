#pragma once

#include "Arrival.h"
#include "Authentication.h"
#include "Credentials.h"
#include "ForwardedFor.h"
#include "HostCookies.h"
#include "OwnOrigins.h"
#include "routing/Route.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// A value.
struct GateSettings
{
    std::string publicUrl;
    NetworkList proxies;               ///< whose word on forwarding counts
    int adminListener = -1;            ///< index of the operators' listener
    bool isAdminOfThisMachine = false; ///< only this machine reaches it
};

/// Where requests come in: whose they are, whether they may, and which of their headers are to be believed. [loop]
class Gate
{
public:
    /// `authentication` null: nobody can log in.
    Gate(const GateSettings& settings, Authentication* authentication);

    /// What can be told of a request for a plugin's or the host's own route before it becomes a call.
    Arrival arrive(const Request& request, const Route& route) const;
    /// Of a request for what needs nobody: files, and what is not there.
    Arrival pass(const Request& request) const;

    /// Before the first request, without host.public_url: how browsers reach the shop, and the pages that count as
    /// ours.
    void setAddress(bool isHttps, OwnOrigins origins)
    {
        _cookies = HostCookies(isHttps);
        _origins = std::move(origins);
    }
    const HostCookies& cookies() const noexcept { return _cookies; }

private:
    bool isOpenHere(const Route& route, const Request& request) const;
    bool isOfForeignPage(const Request& request, const Route& route, const Credentials& credentials) const;
    void identify(const Route& route, const Credentials& credentials, Arrival& out) const;

    HostCookies _cookies;
    OwnOrigins _origins;
    const NetworkList _proxies;
    const int _adminListener;
    const bool _isAdminOfThisMachine;
    Authentication* _authentication;
};

/// The answer to who may not: into `out`.
void refuseAsUnknown(Arrival& out, bool hasToken) noexcept;

} // namespace zoco::host
