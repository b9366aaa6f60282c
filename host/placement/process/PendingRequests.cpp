#include "PendingRequests.h"

#include "core/Clock.h"

namespace zoco::host
{

std::uint64_t PendingRequests::reserve()
{
    const std::lock_guard lock(_mutex);
    if (_free.empty())
    {
        if (_slots.size() == _limit) return 0;
        _free.push_back(static_cast<std::uint32_t>(_slots.size()));
        _slots.emplace_back();
    }
    const auto index = _free.back();
    _free.pop_back();
    return std::uint64_t(++_slots[index].turn) << 32 | index;
}

bool PendingRequests::place(std::uint64_t id, Invocation& invocation)
{
    const std::lock_guard lock(_mutex);
    if (_isClosed) return false;
    auto& slot = _slots[static_cast<std::uint32_t>(id)];
    slot.invocation = &invocation;
    slot.isSent = false;
    slot.deadlineNs = invocation.request().deadline_ns;
    return true;
}

Invocation* PendingRequests::noteSent(std::uint64_t id)
{
    const std::lock_guard lock(_mutex);
    auto* slot = find(id);
    if (slot == nullptr) return nullptr;
    slot->isSent = true;
    return _isClosed ? empty(*slot) : nullptr;
}

PendingRequests::Slot* PendingRequests::find(std::uint64_t id)
{
    const auto index = static_cast<std::uint32_t>(id);
    if (index >= _slots.size()) return nullptr;
    auto& slot = _slots[index];
    return slot.invocation != nullptr && slot.turn == id >> 32 ? &slot : nullptr;
}

Invocation* PendingRequests::empty(Slot& slot)
{
    _free.push_back(static_cast<std::uint32_t>(&slot - _slots.data()));
    return std::exchange(slot.invocation, nullptr);
}

Invocation* PendingRequests::take(std::uint64_t id)
{
    const std::lock_guard lock(_mutex);
    auto* slot = find(id);
    return slot == nullptr ? nullptr : empty(*slot);
}

bool PendingRequests::isCancelled(std::uint64_t id)
{
    const std::lock_guard lock(_mutex); // so that it is not ended meanwhile
    auto* slot = find(id);
    if (slot == nullptr) return true;
    auto* responder = slot->invocation->responder();
    return responder->is_cancelled(responder) != 0;
}

std::vector<Invocation*> PendingRequests::takeOverdue(std::int64_t forNs)
{
    std::vector<Invocation*> out;
    const auto before = steadyNs() - forNs;
    const std::lock_guard lock(_mutex);
    for (auto& slot : _slots)
        if (slot.invocation != nullptr && slot.deadlineNs < before) out.push_back(empty(slot));
    return out;
}

bool PendingRequests::hasOverdue()
{
    const auto now = steadyNs();
    const std::lock_guard lock(_mutex);
    for (const auto& slot : _slots)
        if (slot.invocation != nullptr && slot.deadlineNs < now) return true;
    return false;
}

std::vector<Invocation*> PendingRequests::close()
{
    std::vector<Invocation*> out;
    const std::lock_guard lock(_mutex);
    _isClosed = true;
    for (auto& slot : _slots)
        if (slot.invocation != nullptr && slot.isSent) out.push_back(empty(slot));
    return out;
}

} // namespace zoco::host
