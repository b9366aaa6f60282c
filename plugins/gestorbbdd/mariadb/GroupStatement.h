#pragma once

#include "Statement.h"
#include "engine/BoundStep.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

class Connection;
struct GroupOutcome;

/// The writes of a group as one prepared statement, which begins the group's transaction and leaves it open: one round
/// trip instead of one for each step. The text is that of the operations, each with its guard behind it, so it fits all
/// groups of the same operations, forms and guards. Dies before its connection; one thread at a time.
class GroupStatement
{
public:
    /// More steps are run one by one: such a statement would be large at the server, and seldom used.
    static constexpr std::size_t kMaxSteps = 64;

    /// Whether these can be run so: two or more writes that yield no rows, none of them with a value of an earlier one,
    /// and not too many bytes for one packet.
    static bool canRun(std::span<const BoundStep> steps) noexcept;

    /// Prepares it. Throws MariaDbError.
    GroupStatement(Connection& connection, std::span<const BoundStep> steps);

    /// Runs the steps as `runSteps` does, and records each with an equal share of the time. A step that fails ends it;
    /// when the connection is lost it is not known which. Undoes nothing.
    GroupOutcome run(std::span<const BoundStep> steps, std::vector<StepResult>& results);

private:
    struct Bind
    {
        std::uint32_t step;
        SqlBind from;
    };

    void execute(std::span<const BoundStep> steps, std::vector<StepResult>& results, GroupOutcome& out);
    /// How many steps have run with the guards met; the counts of those without a guard.
    std::uint32_t takeCounts(std::span<const BoundStep> steps, std::vector<StepResult>& results);
    std::uint32_t failedStep(std::size_t steps);

    Connection& _connection;
    std::vector<Bind> _binds; ///< what is bound at each position
    Statement _statement;
};

} // namespace zoco::gestorbbdd::mariadb
