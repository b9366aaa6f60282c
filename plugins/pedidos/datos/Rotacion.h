#pragma once

#include "zoco/Crypto.h"
#include "zoco/Services.h"

#include <functional>
#include <string>
#include <string_view>

namespace pedidos
{

/// A table whose rows have a sealed field, for a rotation of keys.
struct TablaSellada
{
    const zoco::Operation& page;   ///< (cursor, limit): key and sealed field of the rows behind a key, in its order
    const zoco::Operation& reseal; ///< (key, sealed before, sealed after)
    std::function<std::string(std::string_view key)> contextOf;
    /// Told of a row that cannot be opened, which stays; without it such a row is thrown as what it is.
    std::function<void(const std::string& key)> onUnreadable{};
};

/// Seals a page of rows again under the current key. Throws zoco::ProblemException.
zoco::RotationPage rotatedPage(const zoco::Service& data, const zoco::Crypto& crypto, const TablaSellada& table,
                               std::string_view cursor);

} // namespace pedidos
