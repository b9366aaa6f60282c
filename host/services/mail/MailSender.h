#pragma once

#include "MailText.h"

#include <string>

namespace zoco::host
{

/// How an attempt to send a mail ended. A value, without anything of the mail.
struct MailOutcome
{
    enum class Kind
    {
        Sent = 1,
        Later,   ///< the mail's own: this recipient, for now
        Away,    ///< the server: nothing can be sent for now
        Refused, ///< for good
    };
    Kind kind = Kind::Sent;
    std::string reason{}; ///< for operators: a status, never a server's own words, which may name people
};

/// A way that mails go out. One thread, unless it is at hand.
class MailSender
{
public:
    virtual ~MailSender() = default;
    /// Whether it asks nobody else, and a mail that is sent twice is one: then mails need not be kept before.
    /// [any-thread]
    virtual bool isAtHand() const noexcept { return false; }
    virtual MailOutcome send(const OutgoingMail& mail) = 0;
};

} // namespace zoco::host
