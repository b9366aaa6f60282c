#pragma once

#include "core/NetworkList.h"
#include "pipeline/Request.h"

#include <string_view>

namespace zoco::host
{

/// The address of the client behind trusted proxies: the last one of X-Forwarded-For that is not theirs, since only
/// what they wrote themselves is to be believed. Of a peer that is no such proxy, its own address. A view into the
/// request.
std::string_view clientBehind(const Request& request, const NetworkList& proxies);

/// Whether a header says how a request came here, which is for trusted proxies alone to say.
bool isOfForwarding(std::string_view name) noexcept;

} // namespace zoco::host
