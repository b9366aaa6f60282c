#pragma once

#include "routing/Route.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host
{

/// The requests that a process has and has not answered, by number. [any-thread]
class PendingRequests
{
public:
    /// At most `limit` at a time.
    explicit PendingRequests(std::size_t limit) : _limit(limit) {}

    /// A number for a request that is about to be sent; 0 when there is no room.
    std::uint64_t reserve();
    /// Keeps the invocation under its number: from now on it is whoever's who takes it. False when closed.
    bool place(std::uint64_t id, Invocation& invocation);
    /// It was written to the process. Not null: all was closed meanwhile, and it is the caller's, who ends it as lost.
    Invocation* noteSent(std::uint64_t id);
    /// Gives it up to the caller, who ends it; null when somebody has it already or the number was never given.
    Invocation* take(std::uint64_t id);
    /// Whether nobody waits for the answer any more; true for an unknown number.
    bool isCancelled(std::uint64_t id);
    /// Those whose deadline passed so long ago.
    std::vector<Invocation*> takeOverdue(std::int64_t forNs);
    bool hasOverdue();
    /// Takes all that were sent, and refuses others from now on. Those that are being sent stay their senders': what
    /// was not sent is not lost.
    std::vector<Invocation*> close();

private:
    struct Slot
    {
        Invocation* invocation = nullptr; ///< null: free, or reserved
        std::uint32_t turn = 0;           ///< how often it was used
        std::int64_t deadlineNs = 0;
        bool isSent = false;
    };

    Slot* find(std::uint64_t id);
    Invocation* empty(Slot& slot);

    const std::size_t _limit;
    std::mutex _mutex; ///< of what follows
    std::vector<Slot> _slots;
    std::vector<std::uint32_t> _free;
    bool _isClosed = false;
};

} // namespace zoco::host
