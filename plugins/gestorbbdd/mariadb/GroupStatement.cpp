#include "GroupStatement.h"

#include "Connection.h"
#include "StepRunner.h"
#include "TextResult.h"
#include "engine/MonotonicClock.h"

#include <algorithm>
#include <charconv>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// Of all values of a group, far below what a server takes in one packet (max_allowed_packet).
constexpr std::size_t kMaxBytes = 256 * 1024;
/// A variable of the session that no operation can name: how many steps have run with their guards met.
constexpr const char* kDone = "@\"zoco\"";
constexpr const char* kAskDone = "SELECT @\"zoco\"";

bool isGuarded(const BoundStep& step) noexcept { return step.expectRows >= 0; }

/// Where the count of a step without a guard is kept.
std::string countOf(std::size_t step) { return "@\"zoco " + std::to_string(step) + '"'; }

std::size_t bytesOf(const zoco_value& value) noexcept
{
    if (value.kind == ZOCO_TEXT || value.kind == ZOCO_BLOB) return value.as.b.size;
    std::size_t out = 0;
    if (value.kind == ZOCO_LIST)
        for (const auto& element : std::span(value.as.list, value.aux)) out += bytesOf(element);
    return out;
}

/// Behind a step: the block is left when its guard is not met; else the step is counted as done, in the same
/// expression, since each one costs the server kilobytes.
std::string afterStep(std::size_t at, const BoundStep& step)
{
    const auto done = std::to_string(at + 1);
    if (!isGuarded(step)) return "SET " + countOf(at) + " = ROW_COUNT(), " + kDone + " = " + done + ";\n";
    return "IF ROW_COUNT() <> " + std::to_string(step.expectRows) + " OR (" + kDone + " := " + done + ") <> " + done +
           " THEN LEAVE \"zoco\"; END IF;\n";
}

/// Where every step has a guard and all are met, nothing has to be told: rows cost a packet and a wake-up more.
std::string report(std::span<const BoundStep> steps)
{
    if (std::all_of(steps.begin(), steps.end(), isGuarded))
        return std::string("IF ") + kDone + " < " + std::to_string(steps.size()) + " THEN " + kAskDone + "; END IF;\n";
    std::string out = kAskDone;
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (!isGuarded(steps[i])) out += ", " + countOf(i);
    return out + ";\n";
}

/// `binds(i, RenderedSql)` takes note of each step's.
template <class Binds>
std::string textOf(std::span<const BoundStep> steps, Binds&& binds)
{
    std::string out = std::string("BEGIN NOT ATOMIC\nSET ") + kDone + " = 0;\nSTART TRANSACTION;\n\"zoco\": BEGIN\n";
    for (std::size_t i = 0; i < steps.size(); ++i)
    {
        const auto sql = steps[i].operation->spec.sql.render(steps[i].form, Dialect::MySql);
        out += sql.text + "\n;\n" + afterStep(i, steps[i]); // the text may end in a comment
        binds(static_cast<std::uint32_t>(i), sql);
    }
    return out + "END;\n" + report(steps) + "END";
}

} // namespace

bool GroupStatement::canRun(std::span<const BoundStep> steps) noexcept
{
    if (steps.size() < 2 || steps.size() > kMaxSteps) return false;
    std::size_t bytes = 0;
    for (const auto& step : steps)
    {
        const auto& operation = *step.operation;
        if (operation.facts.isRead || operation.spec.returns != Returns::Affected || !operation.facts.columns.empty())
            return false;
        for (const auto& value : step.args)
        {
            if (value.kind == ZOCO_REF) return false;
            bytes += bytesOf(value);
        }
    }
    return bytes <= kMaxBytes;
}

GroupStatement::GroupStatement(Connection& connection, std::span<const BoundStep> steps)
    : _connection(connection),
      _statement(connection, textOf(steps,
                                    [&](std::uint32_t step, const RenderedSql& sql)
                                    {
                                        for (const auto bind : sql.binds) _binds.push_back({step, bind});
                                    }))
{
}

GroupOutcome GroupStatement::run(std::span<const BoundStep> steps, std::vector<StepResult>& results)
{
    const auto begin = monotonicNs();
    GroupOutcome out;
    out.step = static_cast<std::uint32_t>(steps.size() - 1);
    results.clear();
    results.resize(steps.size());
    try
    {
        execute(steps, results, out);
    }
    catch (const DeadlinePassed&)
    {
        out.last.status = ZOCO_E_DEADLINE;
        out.last.isPastDeadline = _connection.isAbandoned();
        out.step = 0; // nobody knows
    }
    catch (const MariaDbError& e)
    {
        out.last.status = statusOf(e.code());
        out.last.engineCode = e.code();
        out.step = failedStep(steps.size());
    }
    const auto end = monotonicNs();
    _connection.setUsed(end);
    const auto ran = _connection.isBroken() ? steps : steps.first(out.step + 1);
    for (const auto& step : ran)
        step.operation->stats.record((end - begin) / 1000 / static_cast<std::int64_t>(ran.size()));
    return out;
}

void GroupStatement::execute(std::span<const BoundStep> steps, std::vector<StepResult>& results, GroupOutcome& out)
{
    std::size_t position = 0;
    for (const auto& bind : _binds)
    {
        zoco_value value;
        out.last.status = valueOf(steps[bind.step], bind.from, {}, value);
        if (out.last.status < 0)
        {
            out.step = bind.step;
            return;
        }
        _statement.bind(position++, value);
    }
    _statement.execute();
    const auto done = takeCounts(steps, results);
    if (done == steps.size()) return;
    out.last.status = ZOCO_E_GUARD;
    out.step = done;
}

std::uint32_t GroupStatement::takeCounts(std::span<const BoundStep> steps, std::vector<StepResult>& results)
{
    auto done = steps.size();
    try
    {
        for (std::size_t i = 0; i < steps.size(); ++i) results[i].setAffected(steps[i].expectRows);
        while (_statement.step())
        {
            const auto row = _statement.row();
            done = row[0].kind == ZOCO_INT ? static_cast<std::size_t>(row[0].as.i) : 0;
            auto count = row.begin() + 1;
            for (std::size_t i = 0; i < steps.size() && count != row.end(); ++i)
                if (!isGuarded(steps[i])) results[i].setAffected((count++)->as.i);
        }
        _statement.finishAll();
    }
    catch (const MariaDbError&)
    {
        _connection.discard(); // something may stand in it still
        throw;
    }
    return static_cast<std::uint32_t>(std::min(done, steps.size()));
}

/// Asks for it, since an error tells nothing but itself.
std::uint32_t GroupStatement::failedStep(std::size_t steps)
{
    std::uint32_t out = 0;
    if (_connection.isBroken()) return out;
    try
    {
        for (TextResult result(_connection, kAskDone); result.next();)
        {
            const auto text = result.cell(0).value_or("");
            std::from_chars(text.data(), text.data() + text.size(), out);
        }
    }
    catch (const MariaDbError&)
    {
        return 0; // what is told is the first error
    }
    return std::min(out, static_cast<std::uint32_t>(steps - 1));
}

} // namespace zoco::gestorbbdd::mariadb
