#include "StepRunner.h"

#include "engine/MonotonicClock.h"

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// Takes the rows that nobody wants; a connection on which that fails must not be used again.
class FinishAtEnd
{
public:
    FinishAtEnd(Connection& connection, Statement& statement) noexcept : _connection(connection), _statement(statement)
    {
    }
    ~FinishAtEnd()
    {
        try
        {
            if (!_connection.isBroken()) _statement.finish();
        }
        catch (const MariaDbError&)
        {
            _connection.discard();
        }
    }
    FinishAtEnd(const FinishAtEnd&) = delete;
    FinishAtEnd& operator=(const FinishAtEnd&) = delete;

private:
    Connection& _connection;
    Statement& _statement;
};

zoco_status bindAll(KeptStatement& kept, const BoundStep& step, std::span<const StepResult> earlier)
{
    std::size_t position = 0;
    for (const auto bind : kept.binds)
    {
        zoco_value value;
        if (const auto status = valueOf(step, bind, earlier, value); status < 0) return status;
        kept.statement.bind(position++, value);
    }
    return ZOCO_OK;
}

/// Takes the rows and hands them on.
class RowLoop
{
public:
    RowLoop(Statement& statement, const BoundStep& step, RowTarget& target, StepOutcome& outcome) noexcept
        : _statement(statement), _step(step), _target(target), _out(outcome)
    {
    }

    void run()
    {
        const auto returns = _step.operation->spec.returns;
        const bool isSilent = returns == Returns::Affected;
        if (!isSilent && _target.wantsColumns()) tell(_target.columns(_statement.columnNames()));
        while (_out.status >= 0 && _statement.step())
        {
            ++_rows;
            if (isSilent) continue;
            if (_rows > 1 && returns == Returns::One)
            {
                _out.status = ZOCO_E_FAILED;
                return;
            }
            const auto row = _statement.row();
            _out.hasToldRows = true;
            tell(_target.row(row));
        }
    }
    std::int64_t rows() const noexcept { return _rows; }

private:
    void tell(zoco_status status) noexcept
    {
        if (status >= 0) return;
        _out.status = status;
        _out.isBySink = true;
    }

    Statement& _statement;
    const BoundStep& _step;
    RowTarget& _target;
    StepOutcome& _out;
    std::int64_t _rows = 0;
};

void execute(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier, RowTarget& target,
             StepOutcome& out)
{
    auto& kept = connection.kept(*step.operation, step.form);
    out.status = bindAll(kept, step, earlier);
    if (out.status < 0) return;

    kept.statement.execute();
    const FinishAtEnd finish(connection, kept.statement);
    RowLoop loop(kept.statement, step, target, out);
    loop.run();
    if (out.status < 0) return;
    if (!step.operation->facts.isRead)
        out.affected = kept.statement.hasColumns() ? loop.rows() : kept.statement.affected();
    const auto counted = step.operation->spec.returns == Returns::Affected ? out.affected : loop.rows();
    if (step.expectRows >= 0 && counted != step.expectRows) out.status = ZOCO_E_GUARD;
}

void attempt(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier, RowTarget& target,
             StepOutcome& out)
{
    try
    {
        execute(connection, step, earlier, target, out);
    }
    catch (const DeadlinePassed&)
    {
        out.status = ZOCO_E_DEADLINE;
        out.isPastDeadline = connection.isAbandoned();
    }
    catch (const MariaDbError& e)
    {
        out.status = statusOf(e.code());
        out.engineCode = e.code();
    }
}

} // namespace

StepOutcome runStep(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier,
                    RowTarget& target)
{
    const auto begin = monotonicNs();
    StepOutcome out;
    attempt(connection, step, earlier, target, out);
    if (out.status < 0 && isStale(out.engineCode) && !out.hasToldRows)
    {
        connection.forget(*step.operation, step.form);
        out = {};
        attempt(connection, step, earlier, target, out);
    }
    const auto end = monotonicNs();
    connection.setUsed(end);
    step.operation->stats.record((end - begin) / 1000);
    return out;
}

GroupOutcome runSteps(Connection& connection, std::span<const BoundStep> steps, std::vector<StepResult>& results)
{
    results.clear();
    results.reserve(steps.size()); // the span of earlier ones must stay
    GroupOutcome out;
    for (std::uint32_t i = 0; i < steps.size(); ++i)
    {
        out.step = i;
        const std::span<const StepResult> earlier(results.data(), i);
        auto& own = results.emplace_back();
        out.last = runStep(connection, steps[i], earlier, own);
        if (out.last.status < 0) return out;
        own.setAffected(out.last.affected);
    }
    return out;
}

} // namespace zoco::gestorbbdd::mariadb
