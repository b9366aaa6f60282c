#include "OwnOrigins.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

/// As browsers write it: lower case, without the port that goes without saying.
std::string normalized(std::string_view url)
{
    std::string out(url);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    if (out.ends_with('/')) out.pop_back();
    const std::string_view usual = out.starts_with("https:") ? ":443" : ":80";
    if (out.ends_with(usual)) out.resize(out.size() - usual.size());
    return out;
}

/// The one header of that name; `isDouble` when there are more.
std::string_view sole(const Request& request, std::string_view name, bool& isThere, bool& isDouble)
{
    std::string_view out;
    isThere = false;
    for (const auto& header : request.headers)
    {
        if (header.name.size() != name.size() || !equalsIgnoreCase(header.name, name)) continue;
        isDouble = isDouble || isThere;
        isThere = true;
        out = header.value;
    }
    return out;
}

} // namespace

OwnOrigins OwnOrigins::of(std::string_view publicUrl)
{
    OwnOrigins out;
    out._origins.push_back(normalized(publicUrl));
    return out;
}

OwnOrigins OwnOrigins::ofThisMachine(std::span<const LocalPort> ports)
{
    OwnOrigins out;
    for (const auto port : ports)
        for (const auto* name : {"://localhost:", "://127.0.0.1:", "://[::1]:"})
            out._origins.push_back(
                normalized((port.isHttps ? "https" : "http") + (name + std::to_string(port.number))));
    return out;
}

bool OwnOrigins::contains(std::string_view origin) const noexcept
{
    return std::find(_origins.begin(), _origins.end(), origin) != _origins.end();
}

bool OwnOrigins::allow(const Request& request) const noexcept
{
    bool hasSite = false, hasOrigin = false, isDouble = false;
    const auto site = sole(request, "sec-fetch-site", hasSite, isDouble);
    const auto origin = sole(request, "origin", hasOrigin, isDouble);
    if (isDouble) return false;
    if (hasSite && site == "same-origin") return true;
    if (hasOrigin) return contains(origin);
    return !hasSite;
}

} // namespace zoco::host
