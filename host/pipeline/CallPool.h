#pragma once

#include "Call.h"

#include <deque>
#include <mutex>
#include <vector>

namespace zoco::host
{

/// All calls: memory is kept for the next one, and a sweep finds those past their deadline. [any-thread]
class CallPool
{
public:
    explicit CallPool(CallFinisher& finisher) : _finisher(finisher) {}

    Call& take();
    void give(Call& call);
    /// Answers 504 to every call whose deadline is before `nowNs`.
    void expire(std::int64_t nowNs);
    /// Calls whose handler has not ended, or whose answer is outstanding.
    std::size_t active() const;

private:
    CallFinisher& _finisher;
    mutable std::mutex _mutex;
    std::deque<Call> _calls; ///< never moved, never freed: a late touch of a finished call stays harmless
    std::vector<Call*> _free;
};

} // namespace zoco::host
