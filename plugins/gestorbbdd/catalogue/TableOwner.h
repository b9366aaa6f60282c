#pragma once

#include <string>
#include <string_view>

namespace zoco::gestorbbdd
{

/// Which tables are a plugin's own: those named <id>_<name>, where a '-' of the id is written "__" and <name> does not
/// begin with '_'. So no table belongs to two plugins: `a__b_x` is of `a-b` alone, not of `a`. A value.
class TableOwner
{
public:
    explicit TableOwner(std::string_view plugin);

    /// What the names of its tables begin with, for messages.
    const std::string& prefix() const noexcept { return _prefix; }
    /// Lower case only, since one engine tells "T" from "t" and another does not.
    bool owns(std::string_view table) const noexcept;

private:
    std::string _prefix;
};

} // namespace zoco::gestorbbdd
