#include "StepRunner.h"

#include "SqliteError.h"
#include "engine/MonotonicClock.h"

namespace zoco::gestorbbdd
{

namespace
{

zoco_status bindAll(KeptStatement& kept, const BoundStep& step, std::span<const StepResult> earlier)
{
    int position = 0;
    for (const auto bind : kept.binds)
    {
        zoco_value value;
        if (const auto status = valueOf(step, bind, earlier, value); status < 0) return status;
        kept.statement.bind(++position, value);
    }
    return ZOCO_OK;
}

/// Steps through the rows and hands them on.
class RowLoop
{
public:
    RowLoop(Statement& statement, const BoundStep& step, RowTarget& target) noexcept
        : _statement(statement), _step(step), _target(target)
    {
    }

    StepOutcome run()
    {
        const bool isSilent = _step.operation->spec.returns == Returns::Affected;
        for (bool isFirst = true;; isFirst = false)
        {
            const bool hasRow = _statement.step();
            if (isFirst && !isSilent && _target.wantsColumns())
                if (const auto status = _target.columns(_statement.columnNames()); status < 0) return bySink(status);
            if (!hasRow) return {};
            if (isSilent) continue;
            if (++_rows > 1 && _step.operation->spec.returns == Returns::One) return {ZOCO_E_FAILED, 0, 0, false};
            if (const auto status = _target.row(_statement.row()); status < 0) return bySink(status);
        }
    }

    std::int64_t rows() const noexcept { return _rows; }

private:
    static StepOutcome bySink(zoco_status status) noexcept { return {status, 0, 0, true}; }

    Statement& _statement;
    const BoundStep& _step;
    RowTarget& _target;
    std::int64_t _rows = 0;
};

StepOutcome execute(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier,
                    RowTarget& target)
{
    auto& kept = connection.kept(*step.operation, step.form);
    const ResetAtEnd reset(kept.statement);
    if (const auto status = bindAll(kept, step, earlier); status < 0) return {status, 0, 0, false};

    RowLoop loop(kept.statement, step, target);
    auto outcome = loop.run();
    if (outcome.status < 0) return outcome;
    if (!step.operation->facts.isRead) outcome.affected = connection.changes();
    const auto counted = step.operation->spec.returns == Returns::Affected ? outcome.affected : loop.rows();
    if (step.expectRows >= 0 && counted != step.expectRows) outcome.status = ZOCO_E_GUARD;
    return outcome;
}

} // namespace

StepOutcome runStep(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier,
                    RowTarget& target)
{
    const auto begin = monotonicNs();
    StepOutcome outcome;
    try
    {
        outcome = execute(connection, step, earlier, target);
    }
    catch (const SqliteError& e)
    {
        outcome = {statusOf(e.code()), 0, e.code(), false};
    }
    step.operation->stats.record((monotonicNs() - begin) / 1000);
    return outcome;
}

CallOutcome runSteps(Connection& connection, std::span<const BoundStep> steps, std::vector<StepResult>& results)
{
    results.clear();
    results.reserve(steps.size()); // the span of earlier ones must stay
    for (std::uint32_t i = 0; i < steps.size(); ++i)
    {
        const std::span<const StepResult> earlier(results.data(), i);
        auto& own = results.emplace_back();
        const auto outcome = runStep(connection, steps[i], earlier, own);
        if (outcome.status < 0) return {outcome.status, i, outcome.engineCode, false};
        own.setAffected(outcome.affected);
    }
    return {};
}

} // namespace zoco::gestorbbdd
