#pragma once

#include "pipeline/Request.h"

#include <string>
#include <string_view>

namespace zoco::host
{

/// What becomes of a received header on its way to a plugin.
enum class HeaderFate
{
    Keep = 1,
    Drop,        ///< it is the host's to give, the host's to read, or nobody's whom we trust
    WithoutOurs, ///< a Cookie header: see `withoutOurCookies`
};

/// `isForwarded`: a trusted proxy sent it.
HeaderFate fateOf(const HeaderField& header, bool isForwarded) noexcept;

/// The pairs of a Cookie header that are not the host's, as a Cookie header; may be empty.
std::string withoutOurCookies(std::string_view header);

} // namespace zoco::host
