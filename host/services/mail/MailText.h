#pragma once

#include "zoco/Mail.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// A mail's sender as operators write it: an address, or a name and an address in angle brackets. A value.
struct MailFrom
{
    std::string name;
    std::string address;

    /// Nothing when it is neither.
    static std::optional<MailFrom> parse(std::string_view text);
};

/// A mail that goes out: what its plugin wrote, and what names it. A value.
struct OutgoingMail
{
    std::string id;          ///< the same for each delivery of it
    std::int64_t timeUs = 0; ///< when it was written, microseconds since 1970-01-01T00:00:00Z
    Mail mail{};
};

/// The whole mail as RFC 5322 and MIME write it, lines ended by CRLF: the same bytes each time but for the boundary.
std::string mailText(const OutgoingMail& mail, const MailFrom& from);

/// A header's value as encoded words (RFC 2047) that never part a character, when it is more than ASCII.
std::string encodedHeader(std::string_view text);
/// "Sat, 28 Nov 2026 20:15:00 +0000".
std::string mailDate(std::int64_t timeUs);

} // namespace zoco::host
