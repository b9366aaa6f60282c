#pragma once

#include "Connection.h"
#include "engine/Engine.h"

#include <span>
#include <vector>

namespace zoco::gestorbbdd
{

/// How one step ended.
struct StepOutcome
{
    zoco_status status = ZOCO_OK;
    std::int64_t affected = 0;
    int engineCode = 0;
    bool isBySink = false;
};

/// Runs one step on a connection and records it in the operation's figures. References are looked up in `earlier`.
StepOutcome runStep(Connection& connection, const BoundStep& step, std::span<const StepResult> earlier,
                    RowTarget& target);

/// Runs steps in order, into one result each, until one fails. Does not undo anything.
CallOutcome runSteps(Connection& connection, std::span<const BoundStep> steps, std::vector<StepResult>& results);

} // namespace zoco::gestorbbdd
