#include "MailText.h"

#include <Poco/Net/MailMessage.h>
#include <Poco/Net/MailRecipient.h>
#include <Poco/Net/MediaType.h>
#include <Poco/Net/StringPartSource.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <sstream>

namespace zoco::host
{

namespace
{

using Poco::Net::MailMessage;

/// A word is at most 75 characters (RFC 2047 2), 12 of them "=?UTF-8?B?" and "?=": 45 bytes in Base64 are 60.
constexpr std::size_t kWordBytes = 45;

std::string base64(std::string_view bytes)
{
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3)
    {
        std::uint32_t group = 0;
        const auto size = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (j < size ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) out += j <= size ? kDigits[group >> (18 - 6 * j) & 63] : '=';
    }
    return out;
}

bool isInsideCharacter(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

std::string crlf(std::string_view text)
{
    std::string out;
    for (const char c : text)
    {
        if (c == '\r') continue;
        if (c == '\n') out += '\r';
        out += c;
    }
    return out.append("\r\n");
}

void addPart(MailMessage& message, const std::string& text, const std::string& type)
{
    message.addPart("", new Poco::Net::StringPartSource(crlf(text), type + "; charset=UTF-8"),
                    MailMessage::CONTENT_INLINE, MailMessage::ENCODING_QUOTED_PRINTABLE);
}

} // namespace

std::optional<MailFrom> MailFrom::parse(std::string_view text)
{
    MailFrom out;
    const auto angle = text.find('<');
    if (angle == std::string_view::npos)
        out.address = text;
    else if (text.ends_with('>'))
    {
        out.name = text.substr(0, text.find_last_not_of(' ', angle == 0 ? 0 : angle - 1) + 1);
        if (angle == 0) out.name.clear();
        out.address = text.substr(angle + 1, text.size() - angle - 2);
    }
    const auto isControl = [](char c)
    { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '"' || c == '\\'; };
    if (!MailOutbox::isAddress(out.address) || std::any_of(out.name.begin(), out.name.end(), isControl))
        return std::nullopt;
    return out;
}

std::string encodedHeader(std::string_view text)
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; }) &&
        text.find("=?") == text.npos && text.size() <= 200)
        return std::string(text);
    std::string out;
    while (!text.empty())
    {
        auto size = std::min(kWordBytes, text.size());
        while (size < text.size() && size > 1 && isInsideCharacter(text[size])) --size;
        out.append(out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?").append(base64(text.substr(0, size))).append("?=");
        text.remove_prefix(size);
    }
    return out;
}

std::string mailDate(std::int64_t timeUs)
{
    constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = timeUs / 1'000'000;
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    char rest[32];
    std::strftime(rest, sizeof rest, "%Y %H:%M:%S +0000", &parts);
    return std::string(kDays[static_cast<std::size_t>(parts.tm_wday)]) + ", " + std::to_string(parts.tm_mday) + " " +
           kMonths[static_cast<std::size_t>(parts.tm_mon)] + " " + rest;
}

/// Poco's own encoded words part characters, and its date has no number for the zone.
std::string mailText(const OutgoingMail& outgoing, const MailFrom& from)
{
    const auto& mail = outgoing.mail;
    const auto domain = from.address.substr(from.address.rfind('@') + 1);
    MailMessage message;
    message.set("Date", mailDate(outgoing.timeUs));
    message.setSender(from.name.empty()
                          ? from.address
                          : (encodedHeader(from.name) == from.name ? '"' + from.name + '"' : encodedHeader(from.name)) +
                                " <" + from.address + ">");
    message.addRecipient(Poco::Net::MailRecipient(Poco::Net::MailRecipient::PRIMARY_RECIPIENT, mail.to));
    message.setSubject(encodedHeader(mail.subject));
    message.set("Message-ID", "<" + outgoing.id + "@" + domain + ">");
    message.set("MIME-Version", "1.0"); // Poco sets it for several parts only
    message.set("Auto-Submitted", "auto-generated");
    if (!mail.language.empty()) message.set("Content-Language", mail.language);
    if (mail.html.empty())
    {
        message.setContentType("text/plain; charset=UTF-8");
        message.setContent(crlf(mail.text), MailMessage::ENCODING_QUOTED_PRINTABLE);
    }
    else
    {
        message.setContentType("multipart/alternative");
        addPart(message, mail.text, "text/plain");
        addPart(message, mail.html, "text/html");
    }
    std::ostringstream out;
    message.write(out);
    return out.str();
}

} // namespace zoco::host
