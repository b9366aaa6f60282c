#pragma once

#include <string>

namespace catalogo
{

/// A new public id: 16 letters and digits (base32, 80 random bits of the kernel). Throws when there is no randomness.
std::string newPublicId();

} // namespace catalogo
