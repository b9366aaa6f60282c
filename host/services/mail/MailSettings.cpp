#include "MailSettings.h"

#include <algorithm>
#include <charconv>

namespace zoco::host
{

std::optional<SmtpServer> SmtpServer::parse(std::string_view url)
{
    SmtpServer out;
    const bool isTls = url.starts_with("smtps://");
    if (!isTls && !url.starts_with("smtp://")) return std::nullopt;
    url.remove_prefix(isTls ? 8 : 7);
    out.tls = isTls ? Tls::FromTheStart : Tls::StartTls;
    out.port = isTls ? 465 : 587;
    if (url.ends_with('/')) url.remove_suffix(1);
    if (const auto at = url.rfind('@'); at != url.npos)
    {
        out.user = url.substr(0, at);
        if (out.user.empty()) return std::nullopt;
        url.remove_prefix(at + 1);
    }
    const bool isBracketed = url.starts_with('[');
    const auto end = isBracketed ? url.find(']') : std::min(url.find(':'), url.size());
    if (end == url.npos) return std::nullopt;
    out.host = url.substr(isBracketed ? 1 : 0, end - (isBracketed ? 1 : 0));
    url.remove_prefix(end + (isBracketed ? 1 : 0));
    const auto isVisible = [](char c) { return c > 0x20 && c < 0x7f && c != '/' && c != '?' && c != '#'; };
    const auto areGood = [&](const std::string& text) { return std::all_of(text.begin(), text.end(), isVisible); };
    if (out.host.empty() || !areGood(out.host) || !areGood(out.user)) return std::nullopt;
    if (url.empty()) return out;
    const auto read = std::from_chars(url.data() + 1, url.data() + url.size(), out.port);
    if (url.front() != ':' || read.ec != std::errc{} || read.ptr != url.data() + url.size() || out.port == 0)
        return std::nullopt;
    return out;
}

} // namespace zoco::host
