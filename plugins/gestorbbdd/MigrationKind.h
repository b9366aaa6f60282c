#pragma once

#include <string_view>

namespace zoco::gestorbbdd
{

enum class MigrationKind
{
    Expand = 1, ///< an older generation of the plugin can go on
    Contract,   ///< it drops or renames something that an older one may still use
    Unknown,    ///< its text cannot be read
};

/// What a migration's text seems to be: Contract when it drops or renames a table, a column or a view. A table that is
/// rebuilt counts too, since it is dropped on the way.
MigrationKind kindOf(std::string_view sql);

} // namespace zoco::gestorbbdd
