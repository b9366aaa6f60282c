#pragma once

#include <string_view>

namespace pedidos
{

/// Whether a text can be an e-mail address: a dot-atom of ASCII and a domain of two labels or more (RFC 5321, without
/// quotes and addresses of machines).
bool isCorreo(std::string_view text) noexcept;

} // namespace pedidos
