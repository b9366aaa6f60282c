#pragma once

#include "Connection.h"
#include "engine/Engine.h"

#include <span>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// How one step ended.
struct StepOutcome
{
    zoco_status status = ZOCO_OK;
    std::int64_t affected = 0;
    unsigned engineCode = 0;
    bool isBySink = false;
    bool hasToldRows = false;
    bool isPastDeadline = false; ///< it was stopped while the server had it
};

/// Runs one step on a connection and records it in the operation's figures. References are looked up in `earlier`.
StepOutcome runStep(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier,
                    RowTarget& target);

/// How the steps of a group ended; `results` holds one for each that ran.
struct GroupOutcome
{
    StepOutcome last;
    std::uint32_t step = 0; ///< the last that ran
};
GroupOutcome runSteps(Connection& connection, std::span<const BoundStep> steps, std::vector<StepResult>& results);

} // namespace zoco::gestorbbdd::mariadb
