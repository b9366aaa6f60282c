#pragma once

#include "MailSender.h"

#include <string>

namespace zoco::host
{

/// Writes mails as .eml files into a folder, which only its owner may read: for a shop that is tried, and for tests. A
/// mail that is sent twice is one file.
class FolderSender final : public MailSender
{
public:
    /// The folder is made at the first mail.
    FolderSender(std::string folder, MailFrom from) : _folder(std::move(folder)), _from(std::move(from)) {}

    bool isAtHand() const noexcept override { return true; }
    MailOutcome send(const OutgoingMail& mail) override;

private:
    const std::string _folder;
    const MailFrom _from;
};

} // namespace zoco::host
