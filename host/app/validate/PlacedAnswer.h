#pragma once

#include <string>
#include <vector>

namespace zoco::host::trial
{

/// What came back for one thing that was asked of a plugin in some placement: a request, an introduction to a service,
/// or a command. What differs by itself from answer to answer, as its time, is left out. A value.
struct PlacedAnswer
{
    std::string name;                 ///< what was asked
    std::string outcome{};            ///< such as "status 200"; empty: nothing in time
    std::vector<std::string> lines{}; ///< headers of a response, what a command printed
    std::string body{};

    bool operator==(const PlacedAnswer&) const = default;
    /// In words for a plugin's author: how this one, of the host's process, and `apart`, of a process of its own,
    /// differ. Empty when they do not.
    std::string difference(const PlacedAnswer& apart) const;
};

} // namespace zoco::host::trial
