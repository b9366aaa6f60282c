#pragma once

#include "zoco/Crypto.h"
#include "zoco/Services.h"

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// Seals and opens the columns of one table: what is sealed opens in its own column and row alone. [any-thread]
class Sello
{
public:
    /// `table` without "usuarios_"; a constant. `crypto` outlives it.
    Sello(const zoco::Crypto& crypto, std::string_view table) : _crypto(crypto), _table(table) {}

    std::string seal(std::string_view column, std::string_view id, std::string_view plain) const
    {
        return _crypto.seal(plain, context(column, id));
    }
    std::optional<std::string> sealIf(std::string_view column, std::string_view id,
                                      const std::optional<std::string>& plain) const
    {
        return plain ? std::optional(seal(column, id, *plain)) : std::nullopt;
    }

    /// Throws ProblemException when it was sealed elsewhere, or changed.
    std::string open(std::string_view column, std::string_view id, std::string_view sealed) const
    {
        return _crypto.open(sealed, context(column, id)).value();
    }
    std::optional<std::string> openIf(std::string_view column, std::string_view id,
                                      const std::optional<std::string_view>& sealed) const
    {
        return sealed ? std::optional(open(column, id, *sealed)) : std::nullopt;
    }

    static std::string contextOf(std::string_view table, std::string_view column, std::string_view id)
    {
        return std::string("usuarios_").append(table).append(".").append(column).append(":").append(id);
    }

private:
    std::string context(std::string_view column, std::string_view id) const { return contextOf(_table, column, id); }

    const zoco::Crypto& _crypto;
    std::string_view _table;
};

/// A blob for a step of a group, kept there; NULL when there is none.
inline zoco::Value keptBlob(zoco::Group& group, std::string bytes)
{
    return zoco::Value::blob(group.keep(std::move(bytes)));
}
inline zoco::Value keptBlob(zoco::Group& group, std::optional<std::string> bytes)
{
    return bytes ? keptBlob(group, std::move(*bytes)) : zoco::Value();
}

} // namespace usuarios
