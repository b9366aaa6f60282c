#include "GroupStatements.h"

#include "Connection.h"

#include <algorithm>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// Of all statements of a connection; a step costs the server about 33 KiB.
constexpr std::size_t kMaxStepsKept = 256;
/// Groups that are remembered, with a statement or without.
constexpr std::size_t kMaxMet = 256;

} // namespace

GroupStatement* GroupStatements::find(std::span<const BoundStep> steps)
{
    if (!GroupStatement::canRun(steps)) return nullptr;
    const auto hash = hashOf(steps);
    const auto found = _byHash.find(hash);
    if (found == _byHash.end())
    {
        if (_all.size() >= kMaxMet) (void)remove(std::prev(_all.end()));
        auto& group = _all.emplace_front(Group{hash, {}});
        _byHash.emplace(hash, _all.begin());
        for (const auto& step : steps) group.parts.push_back(partOf(step));
        return nullptr;
    }
    auto& group = *found->second;
    const bool isSame = std::equal(steps.begin(), steps.end(), group.parts.begin(), group.parts.end(),
                                   [](const BoundStep& step, const Part& part) { return partOf(step) == part; });
    if (!isSame || group.isRefused) return nullptr;
    _all.splice(_all.begin(), _all, found->second);
    if (!group.statement) prepare(group, steps);
    return group.statement.get();
}

void GroupStatements::forget(std::span<const BoundStep> steps) noexcept
{
    if (const auto found = _byHash.find(hashOf(steps)); found != _byHash.end()) (void)remove(found->second);
}

GroupStatements::Part GroupStatements::partOf(const BoundStep& step) noexcept
{
    return {step.operation->id, step.form.key(), step.expectRows};
}

std::uint64_t GroupStatements::hashOf(std::span<const BoundStep> steps) noexcept
{
    constexpr std::uint64_t kOdd = 0x9e3779b97f4a7c15u;
    std::uint64_t out = steps.size();
    const auto mix = [&](std::uint64_t value)
    {
        out = (out ^ value) * kOdd;
        out ^= out >> 32;
    };
    for (const auto& step : steps)
    {
        const auto part = partOf(step);
        mix(part.operation);
        mix(part.form);
        mix(static_cast<std::uint64_t>(part.expectRows));
    }
    return out;
}

void GroupStatements::prepare(Group& group, std::span<const BoundStep> steps)
{
    group.isRefused = true;               // until it is there
    if (!_connection.isMariaDb()) return; // MySQL prepares no such statement
    makeRoom(steps.size());
    try
    {
        group.statement = std::make_unique<GroupStatement>(_connection, steps);
    }
    catch (const DeadlinePassed&)
    {
        group.isRefused = false;
        throw;
    }
    catch (const MariaDbError&)
    {
        if (_connection.isBroken()) throw;
        return;
    }
    group.isRefused = false;
    ++_statements;
    _steps += steps.size();
}

void GroupStatements::makeRoom(std::size_t steps)
{
    for (auto at = _all.end(); at != _all.begin() && (_statements >= kMaxKept || _steps + steps > kMaxStepsKept);)
        if (--at; at->statement) at = remove(at);
}

GroupStatements::Groups::iterator GroupStatements::remove(Groups::iterator group) noexcept
{
    if (group->statement)
    {
        --_statements;
        _steps -= group->parts.size();
    }
    _byHash.erase(group->hash);
    return _all.erase(group);
}

} // namespace zoco::gestorbbdd::mariadb
