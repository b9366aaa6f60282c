#pragma once

#include "Crypto.h"
#include "Outbox.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace zoco
{

/// A mail to one person. A value.
struct Mail
{
    std::string to;       ///< an address in ASCII, without a name
    std::string subject;  ///< one line
    std::string text;     ///< the whole, for those who read plain text
    std::string html{};   ///< the same for the others; may be empty
    std::string language; ///< such as "es"
};

/// Mails that are as durable as what they tell of: a step of the same atomic group writes them, sealed, and the host
/// sends them (`mail.url`), trying again for two days. Made in `start`; lives as long as the service handle and the
/// crypto. [any-thread]
class MailOutbox
{
public:
    MailOutbox() = default;
    /// `data`: the plugin's own handle to zoco.data/1. Throws when it does not take events.
    MailOutbox(const Service& data, const Crypto& crypto) : _outbox(data, crypto), _crypto(&crypto) {}

    /// Adds the mail to the group. Throws ProblemException (ZOCO_E_INVALID) when it is none: an address or a subject
    /// with control characters or of more than 254 or 400 bytes, no text, or more than 56 KiB in all.
    void add(Group& group, const Mail& mail) const
    {
        if (!isMail(mail)) throw ProblemException({500, "mail", "This is no mail", "", {}, ZOCO_E_INVALID});
        const NamedValue fields[] = {{"para", mail.to},
                                     {"asunto", mail.subject},
                                     {"texto", mail.text},
                                     {"html", mail.html},
                                     {"idioma", mail.language}};
        const auto id = name();
        const auto sealed = _crypto->seal(detail::FieldWriter::write(fields), context(id));
        _outbox.add(group, kTopic, {{"id", id}, {"contenido", Value::blob(sealed)}});
    }

    /// Of the durable event that a mail is.
    static constexpr std::string_view kTopic = "zoco.mail";
    /// What the content of the mail with this id is sealed with.
    static std::string context(std::string_view id) { return "zoco.mail:" + std::string(id); }

    /// Whether it is an address that stands in a header and an SMTP command as it is.
    static bool isAddress(std::string_view text)
    {
        const auto at = text.rfind('@');
        const auto isPart = [](char c)
        { return c > 0x20 && c < 0x7f && std::string_view("()<>[]:;@\\,\"").find(c) == std::string_view::npos; };
        return text.size() <= 254 && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
               std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), isPart) &&
               std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at) + 1, text.end(), isPart);
    }
    static bool isMail(const Mail& mail)
    {
        const auto isControl = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
        return isAddress(mail.to) && !mail.text.empty() && mail.subject.size() <= 400 && mail.language.size() <= 35 &&
               std::none_of(mail.subject.begin(), mail.subject.end(), isControl) &&
               std::none_of(mail.language.begin(), mail.language.end(), isControl) &&
               mail.subject.size() + mail.text.size() + mail.html.size() <= 56 * 1024;
    }

private:
    /// 128 random bits: the mail's name in the spool and in its Message-ID.
    std::string name() const
    {
        std::string out;
        for (const char c : _crypto->random(16))
        {
            const auto byte = static_cast<unsigned char>(c);
            out += "0123456789abcdef"[byte >> 4];
            out += "0123456789abcdef"[byte & 15];
        }
        return out;
    }

    Outbox _outbox;
    const Crypto* _crypto = nullptr;
};

} // namespace zoco
