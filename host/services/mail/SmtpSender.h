#pragma once

#include "MailSender.h"
#include "MailSettings.h"
#include "core/TimerQueue.h"

#include <memory>

namespace zoco::host
{

/// Hands mails to an SMTP server, each over a connection of its own (Poco Net and NetSSL: sockets, dialogue, TLS with
/// certificate and name verified). Nothing of a mail, and no password, goes over a connection without TLS, unless the
/// settings say so.
class SmtpSender final : public MailSender
{
public:
    /// `timers` outlives it. `settings.server` is set.
    SmtpSender(TimerQueue& timers, MailSettings settings);
    ~SmtpSender() override;

    MailOutcome send(const OutgoingMail& mail) override;

private:
    TimerQueue& _timers;
    const MailSettings _settings;
};

} // namespace zoco::host
