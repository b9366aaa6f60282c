#include "BoundStep.h"

#include <algorithm>
#include <cmath>

namespace zoco::gestorbbdd
{

namespace
{

std::uint32_t kindOf(ParamType type) noexcept
{
    switch (type)
    {
    case ParamType::Int:
        return ZOCO_INT;
    case ParamType::Real:
        return ZOCO_REAL;
    case ParamType::Text:
        return ZOCO_TEXT;
    case ParamType::Blob:
        return ZOCO_BLOB;
    case ParamType::Bool:
        return ZOCO_BOOL;
    case ParamType::Time:
        return ZOCO_TIME;
    }
    return 0;
}

/// Columns come out as the storage has them, where truths and times are integers.
std::uint32_t storedKindOf(ParamType type) noexcept
{
    const auto kind = kindOf(type);
    return kind == ZOCO_BOOL || kind == ZOCO_TIME ? std::uint32_t{ZOCO_INT} : kind;
}

const char* faultOfReference(std::span<const BoundStep> steps, std::size_t own, const zoco_value& value)
{
    if (value.aux >= own) return "refers to a step that is not an earlier one";
    const auto& columns = steps[value.aux].operation->facts.columns;
    const auto& returns = steps[value.aux].operation->spec.returns;
    if (returns == Returns::Affected || std::find(columns.begin(), columns.end(), view(value.as.b)) == columns.end())
        return "refers to a column that the earlier step does not yield";
    return nullptr;
}

const char* faultOfValue(std::span<const BoundStep> steps, std::size_t own, const ParamSpec& spec,
                         const zoco_value& value)
{
    if (value.kind == ZOCO_REF) return faultOfReference(steps, own, value);
    if (value.kind == ZOCO_NULL) return spec.isNullable ? nullptr : "must not be NULL";
    if (value.kind != kindOf(spec.type)) return "is of another kind than declared";
    if (value.kind == ZOCO_REAL && std::isnan(value.as.d)) return "is not a number";
    return nullptr;
}

} // namespace

std::string faultOfArguments(std::span<const BoundStep> steps)
{
    for (std::size_t i = 0; i < steps.size(); ++i)
    {
        const auto& step = steps[i];
        const auto& params = step.operation->spec.params;
        if (step.args.size() != params.size())
            return step.operation->fullName + ": the number of values is another than that of the parameters";
        for (std::size_t p = 0; p < params.size(); ++p)
            if (const auto fault = faultOfValue(steps, i, params[p], step.arg(p)); fault != nullptr)
                return step.operation->fullName + ": " + params[p].name + " " + fault;
    }
    return {};
}

zoco_status valueOf(const BoundStep& step, std::size_t param, std::span<const StepResult> earlier, zoco_value& out)
{
    out = step.arg(param);
    if (out.kind != ZOCO_REF) return ZOCO_OK;
    const auto found = earlier[out.aux].first(view(out.as.b));
    if (!found) return ZOCO_E_GUARD;
    out = *found;
    const auto& spec = step.operation->spec.params[param];
    if (out.kind == ZOCO_NULL) return spec.isNullable ? ZOCO_OK : ZOCO_E_CONSTRAINT;
    return out.kind == storedKindOf(spec.type) ? ZOCO_OK : ZOCO_E_INVALID;
}

} // namespace zoco::gestorbbdd
