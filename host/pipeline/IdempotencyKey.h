#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zoco::host
{

/// The key that a header Idempotency-Key holds: a string in quotes, as draft-ietf-httpapi-idempotency-key-header has it
/// (RFC 9651 3.3.3), or bare visible ASCII without `"`, `\`, `,` and `;`. 1 to 255 bytes; nothing when it is malformed.
std::optional<std::string> idempotencyKey(std::string_view header);

} // namespace zoco::host
