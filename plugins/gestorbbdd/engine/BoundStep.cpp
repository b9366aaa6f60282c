#include "BoundStep.h"

#include <algorithm>
#include <cmath>
#include <optional>

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
    case ParamType::Order:
        return ZOCO_TEXT;
    case ParamType::After:
        return ZOCO_LIST;
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

const char* faultOfScalar(ParamType type, const zoco_value& value)
{
    if (value.kind != kindOf(type)) return "is of another kind than declared";
    if (value.kind == ZOCO_REAL && std::isnan(value.as.d)) return "is not a number";
    return nullptr;
}

const char* faultOfList(const ParamSpec& spec, const zoco_value& value)
{
    if (value.kind != ZOCO_LIST) return "must be a list";
    if (value.aux > SqlTemplate::kMaxElements) return "has more than 1024 elements";
    for (const auto& element : std::span(value.as.list, value.aux))
        if (const auto fault = faultOfScalar(spec.type, element); fault != nullptr) return fault;
    return nullptr;
}

std::optional<std::uint32_t> orderNamed(const SqlTemplate& sql, std::string_view name)
{
    const auto& orders = sql.orders();
    const auto found = std::find_if(orders.begin(), orders.end(), [&](const Order& o) { return o.name == name; });
    if (found == orders.end()) return std::nullopt;
    return static_cast<std::uint32_t>(found - orders.begin());
}

const char* faultOfAfter(const BoundStep& step, const zoco_value& value)
{
    if (value.kind != ZOCO_LIST) return "must be a list";
    const auto& columns = step.operation->spec.sql.orders()[step.form.order].columns;
    if (value.aux != columns.size()) return "must have a value for each column of the ordering";
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (const auto fault = faultOfScalar(columns[i].type, value.as.list[i]); fault != nullptr) return fault;
    return nullptr;
}

const char* faultOfValue(std::span<const BoundStep> steps, std::size_t own, const ParamSpec& spec,
                         const zoco_value& value)
{
    const bool isPlain = !spec.isList && spec.type < ParamType::Order;
    if (value.kind == ZOCO_REF && isPlain) return faultOfReference(steps, own, value);
    if (value.kind == ZOCO_NULL) return spec.isNullable ? nullptr : "must not be NULL";
    if (spec.isList) return faultOfList(spec, value);
    if (spec.type == ParamType::After) return faultOfAfter(steps[own], value);
    return faultOfScalar(spec.type, value);
}

/// Sets the step's form from its values. Orderings first: what may follow depends on them.
const char* chooseForm(BoundStep& step)
{
    const auto& spec = step.operation->spec;
    for (std::size_t p = 0; p < spec.params.size(); ++p)
    {
        const auto& value = step.arg(p);
        if (spec.params[p].type == ParamType::After) step.form.hasAfter = value.kind != ZOCO_NULL;
        if (spec.params[p].type != ParamType::Order) continue;
        const auto order = value.kind == ZOCO_TEXT ? orderNamed(spec.sql, view(value.as.b)) : std::nullopt;
        if (!order) return "order is none of the declared ones";
        step.form.order = *order;
    }
    const auto& conditions = spec.sql.conditions();
    for (std::size_t i = 0; i < conditions.size(); ++i)
        if (step.arg(conditions[i]).kind != ZOCO_NULL) step.form.conditions |= std::uint32_t{1} << i;
    const auto& lists = spec.sql.lists();
    for (std::size_t i = 0; i < lists.size(); ++i)
    {
        const auto& value = step.arg(lists[i].param);
        const auto size = value.kind == ZOCO_LIST ? value.aux : 0;
        if (lists[i].isRepeated && size > SqlTemplate::kMaxRepetitions) return "repeats for more than 15 elements";
        step.form.lists |= SqlTemplate::listBits(lists[i], size) << (4 * i);
    }
    return nullptr;
}

} // namespace

std::string checkArguments(std::span<BoundStep> steps)
{
    for (std::size_t i = 0; i < steps.size(); ++i)
    {
        auto& step = steps[i];
        const auto& params = step.operation->spec.params;
        if (step.args.size() != params.size())
            return step.operation->fullName + ": the number of values is another than that of the parameters";
        if (const auto fault = chooseForm(step); fault != nullptr) return step.operation->fullName + ": " + fault;
        for (std::size_t p = 0; p < params.size(); ++p)
            if (const auto fault = faultOfValue(steps, i, params[p], step.arg(p)); fault != nullptr)
                return step.operation->fullName + ": " + params[p].name + " " + fault;
    }
    return {};
}

zoco_status valueOf(const BoundStep& step, SqlBind bind, std::span<const StepResult> earlier, zoco_value& out)
{
    if (bind.param == SqlBind::kCaller)
    {
        out = Value(step.caller);
        return ZOCO_OK;
    }
    out = step.arg(bind.param);
    if (bind.element >= 0) // a list that is shorter than its form repeats its last value
    {
        out = out.as.list[std::min<std::uint32_t>(static_cast<std::uint32_t>(bind.element), out.aux - 1)];
        return ZOCO_OK;
    }
    if (out.kind != ZOCO_REF) return ZOCO_OK;
    const auto found = earlier[out.aux].first(view(out.as.b));
    if (!found) return ZOCO_E_GUARD;
    out = *found;
    const auto& spec = step.operation->spec.params[bind.param];
    if (out.kind == ZOCO_NULL) return spec.isNullable ? ZOCO_OK : ZOCO_E_CONSTRAINT;
    return out.kind == storedKindOf(spec.type) ? ZOCO_OK : ZOCO_E_INVALID;
}

} // namespace zoco::gestorbbdd
