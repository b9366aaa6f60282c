#pragma once

#include <cstdint>
#include <memory>

namespace zoco::host
{

class PluginLink;

/// Where the process of the day is had from. [any-thread]
class LinkSource
{
public:
    /// The connection to a process that is up; waits for one that is being replaced, at most until `deadlineNs`. Null
    /// when there is none.
    virtual std::shared_ptr<PluginLink> awaitLink(std::int64_t deadlineNs) = 0;

protected:
    ~LinkSource() = default;
};

} // namespace zoco::host
