#include "CallPool.h"

namespace zoco::host
{

Call& CallPool::take()
{
    const std::lock_guard lock(_mutex);
    if (_free.empty())
    {
        _free.reserve(_calls.size() + 1);
        return _calls.emplace_back(_finisher);
    }
    auto& call = *_free.back();
    _free.pop_back();
    return call;
}

void CallPool::give(Call& call)
{
    const std::lock_guard lock(_mutex);
    _free.push_back(&call);
}

void CallPool::expire(std::int64_t nowNs)
{
    std::vector<std::pair<Call*, std::uint64_t>> late;
    {
        const std::lock_guard lock(_mutex);
        for (auto& call : _calls)
        {
            std::uint64_t sequence = 0;
            const auto deadline = call.deadline(sequence);
            if (deadline != 0 && deadline < nowNs) late.emplace_back(&call, sequence);
        }
    }
    for (const auto& [call, sequence] : late) call->expire(sequence);
}

std::size_t CallPool::active() const
{
    const std::lock_guard lock(_mutex);
    return _calls.size() - _free.size();
}

} // namespace zoco::host
