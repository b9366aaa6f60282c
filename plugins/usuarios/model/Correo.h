#pragma once

#include "zoco/Result.h"

#include <string>
#include <string_view>

namespace usuarios
{

/// An e-mail address. A value.
struct Correo
{
    std::string texto; ///< as mails are sent to; its domain in the form of the DNS
    std::string clave; ///< by which it is found: the same for all ways to write it

    bool operator==(const Correo&) const = default;
};

/// Reads an address: the local part a dot-atom of ASCII (RFC 5321, without quotes), the domain with two labels or more;
/// one beyond ASCII by IDNA 2008, in Latin letters alone. Blanks around it do not count. The problem's detail says what
/// is wrong.
zoco::Result<Correo> parseCorreo(std::string_view text);

} // namespace usuarios
