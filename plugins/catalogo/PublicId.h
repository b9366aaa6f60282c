#pragma once

#include <string>
#include <string_view>

namespace catalogo
{

/// A new public id: 16 letters and digits (base32, 80 random bits of the kernel). Throws when there is no randomness.
std::string newPublicId();

/// Whether it has the form of those: what has not is no id of a product.
bool isPublicId(std::string_view text) noexcept;

} // namespace catalogo
