#pragma once

#include "zoco/abi/events.h"

#include <span>
#include <string_view>

namespace zoco::host
{

/// A part of the host that hears the events of one topic before their publisher goes on. [any-thread]
class EventWatch
{
public:
    /// Negative: the event is refused with this status, and nobody gets it.
    virtual zoco_status heard(std::string_view publisher, std::span<const zoco_field> fields) = 0;

protected:
    ~EventWatch() = default;
};

} // namespace zoco::host
