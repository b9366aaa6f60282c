#pragma once

#include "MailText.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// Where mails are handed over, as `mail.url` says. A value.
struct SmtpServer
{
    enum class Tls
    {
        FromTheStart = 1, ///< smtps
        StartTls,         ///< smtp, and nothing is sent without
        None,             ///< smtp, as told
    };
    std::string host;
    std::uint16_t port = 0;
    std::string user; ///< empty: no log-in
    Tls tls = Tls::StartTls;

    /// Of "smtp://user@host:port" or "smtps://…"; nothing when it is neither.
    static std::optional<SmtpServer> parse(std::string_view url);
};

/// What the host needs to send mails. A value.
struct MailSettings
{
    std::optional<SmtpServer> server; ///< none: files in `folder`
    std::string password;
    MailFrom from{"", "zoco@localhost"};
    std::string folder;                  ///< of .eml files
    std::string spool;                   ///< of what waits
    std::string caFile;                  ///< further authorities; may be empty
    std::int64_t firstPauseMs = 30'000;  ///< after a failure; doubled each time, up to 2 h
    std::int64_t giveUpMs = 172'800'000; ///< from when it was written
    std::int64_t timeoutMs = 60'000;     ///< of one attempt
};

} // namespace zoco::host
