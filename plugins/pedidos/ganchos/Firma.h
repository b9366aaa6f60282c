#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pedidos
{

/// What the header Zoco-Signature says of a body: "t=<seconds>,v1=<hex>", the HMAC-SHA-256 under the secret of the
/// seconds, a dot and the body. Throws std::runtime_error when it cannot be worked out.
std::string firmaDe(std::string_view secreto, std::int64_t seconds, std::string_view body);

} // namespace pedidos
