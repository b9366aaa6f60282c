#pragma once

#include "StepResult.h"
#include "catalogue/Operation.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace zoco::gestorbbdd
{

/// One step of a call with its operation found. Everything is borrowed until the call returns.
struct BoundStep
{
    const Operation* operation = nullptr;
    std::span<const zoco_value> args;      ///< in the consumer's order
    std::span<const std::uint16_t> places; ///< for each declared parameter, its place in `args`
    std::int32_t expectRows = -1;
    std::string_view caller{}; ///< the plugin
    SqlForm form{};            ///< of its SQL, as its values ask for; set by `checkArguments`

    const zoco_value& arg(std::size_t param) const noexcept { return args[places[param]]; }
};

/// What is wrong with the arguments of a call before it runs: kinds, NULL, lists, references. Names the operation and
/// the parameter, never a value; empty when all is well. Sets the steps' forms.
std::string checkArguments(std::span<BoundStep> steps);

/// The value of a placeholder when its step runs: references are looked up in `earlier`. ZOCO_E_GUARD: the step
/// referred to yielded no row; ZOCO_E_CONSTRAINT: it is NULL and must not be; ZOCO_E_INVALID: it is of another kind.
zoco_status valueOf(const BoundStep& step, SqlBind bind, std::span<const StepResult> earlier, zoco_value& out);

} // namespace zoco::gestorbbdd
