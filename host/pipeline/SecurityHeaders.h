#pragma once

#include "Response.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Headers that make browsers careful, on every answer. What a plugin says itself about Content-Security-Policy or
/// Cache-Control stays. A value; [any-thread].
class SecurityHeaders
{
public:
    /// `isHttps`: the shop's public address is https, so browsers are told to stay there (RFC 6797). `formTargets`:
    /// origins that pages may send forms to, besides their own (CSP 3, form-action).
    explicit SecurityHeaders(bool isHttps, const std::vector<std::string>& formTargets = {});

    /// `host`: as the request named it.
    void apply(Response& response, std::string_view host) const;

private:
    bool _isHttps;
    std::string _common;
    std::string _pagePolicy;
};

/// What is wrong with an origin that pages may send forms to; empty: nothing. Plain http is for this machine.
std::string formTargetFault(std::string_view origin);

/// Whether complete header lines contain this name, compared without case.
bool hasHeader(std::string_view head, std::string_view name) noexcept;
/// Takes all lines of this name out of complete header lines.
void removeHeader(std::string& head, std::string_view name);

} // namespace zoco::host
