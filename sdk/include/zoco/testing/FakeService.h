#pragma once

#include "FakeValue.h"
#include "zoco/Services.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zoco::testing
{

/// What a service answers to one step.
struct FakeResult
{
    std::vector<std::string> columns;
    std::vector<std::vector<FakeValue>> rows;
    std::int64_t affected = 0;
    zoco_status status = ZOCO_OK; ///< negative: the call fails, with `problem` when there is one
    std::optional<Problem> problem{};

    static FakeResult changed(std::int64_t rows) { return {{}, {}, rows}; }
    static FakeResult failure(zoco_status status) { return {{}, {}, 0, status}; }
};

/// One step as the service saw it.
struct FakeStep
{
    std::string operation;
    std::map<std::string, FakeValue> args; ///< by the names given to resolve; references already replaced
    std::size_t call = 0;                  ///< number of the call, from 0: steps of one atomic group share it
    std::string requestId;
};

/// A service that the plugin under test consumes. The test says what each operation answers, and sees the calls.
/// Groups are all or nothing towards the caller: rows are delivered when every step and guard was good.
class FakeService
{
public:
    using Script = std::function<FakeResult(const FakeStep&)>;

    FakeService() : _table{sizeof(zoco_service), this, &resolve, &call} {}
    FakeService(const FakeService&) = delete;
    FakeService& operator=(const FakeService&) = delete;

    zoco_service* raw() noexcept { return &_table; }

    /// What an operation answers from now on. Operations without a script cannot be resolved.
    void on(const std::string& operation, Script script) { _scripts[operation] = std::move(script); }
    void on(const std::string& operation, FakeResult result)
    {
        on(operation, [result = std::move(result)](const FakeStep&) { return result; });
    }

    const std::vector<FakeStep>& steps() const noexcept { return _steps; }

private:
    struct Resolved
    {
        std::string operation;
        std::vector<std::string> params;
    };

    static zoco_status resolve(zoco_service* service, zoco_str operation, const zoco_str* params, uint32_t count,
                               zoco_operation* out)
    {
        auto& self = *static_cast<FakeService*>(service->self);
        Resolved resolved{std::string(view(operation)), {}};
        if (!self._scripts.contains(resolved.operation)) return ZOCO_E_UNSUPPORTED;
        for (uint32_t i = 0; i < count; ++i) resolved.params.emplace_back(view(params[i]));
        self._resolved.push_back(std::move(resolved));
        *out = self._resolved.size();
        return ZOCO_OK;
    }

    static zoco_status call(zoco_service* service, const zoco_call* call, zoco_sink* sink)
    {
        auto& self = *static_cast<FakeService*>(service->self);
        const auto number = self._calls++;
        std::vector<FakeResult> results;
        for (uint32_t i = 0; i < call->step_count; ++i)
        {
            FakeStep step;
            const auto status = self.readStep(call->steps[i], results, step);
            if (status != ZOCO_OK) return status;
            step.call = number;
            step.requestId = view(call->request_id);
            self._steps.push_back(step);
            results.push_back(self._scripts.at(step.operation)(step));
            const auto& result = results.back();
            if (result.status < 0) return tellProblem(result, sink);
            const auto rows = result.rows.empty() ? result.affected : static_cast<std::int64_t>(result.rows.size());
            if (call->steps[i].expect_rows >= 0 && rows != call->steps[i].expect_rows) return ZOCO_E_GUARD;
        }
        return deliver(results, sink);
    }

    zoco_status readStep(const zoco_step& raw, const std::vector<FakeResult>& earlier, FakeStep& out) const
    {
        if (raw.operation == 0 || raw.operation > _resolved.size()) return ZOCO_E_INVALID;
        const auto& resolved = _resolved[raw.operation - 1];
        if (raw.arg_count != resolved.params.size()) return ZOCO_E_INVALID;
        out.operation = resolved.operation;
        for (uint32_t i = 0; i < raw.arg_count; ++i)
        {
            const auto& arg = raw.args[i];
            const auto value = arg.kind == ZOCO_REF ? referred(arg, earlier) : std::optional<FakeValue>(arg);
            if (!value) return ZOCO_E_INVALID;
            out.args[resolved.params[i]] = *value;
        }
        return ZOCO_OK;
    }

    static std::optional<FakeValue> referred(const zoco_value& ref, const std::vector<FakeResult>& earlier)
    {
        if (ref.aux >= earlier.size() || earlier[ref.aux].rows.empty()) return std::nullopt;
        const auto& columns = earlier[ref.aux].columns;
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (columns[i] == view(ref.as.b)) return earlier[ref.aux].rows[0].at(i);
        return std::nullopt;
    }

    static zoco_status tellProblem(const FakeResult& result, zoco_sink* sink)
    {
        if (result.problem && sink != nullptr && sink->problem != nullptr)
        {
            sink->problem(sink->self, zoco::detail::ProblemAbi(*result.problem).raw());
        }
        return result.status;
    }

    static zoco_status deliver(const std::vector<FakeResult>& results, zoco_sink* sink)
    {
        for (uint32_t step = 0; sink != nullptr && step < results.size(); ++step)
        {
            const auto& result = results[step];
            std::vector<zoco_str> names;
            for (const auto& c : result.columns) names.push_back(str(c));
            const auto count = static_cast<uint32_t>(names.size());
            if (sink->columns != nullptr && count > 0)
                if (const auto s = sink->columns(sink->self, step, names.data(), count); s < 0) return s;
            for (const auto& row : result.rows)
            {
                std::vector<zoco_value> values;
                for (const auto& v : row) values.push_back(v.value());
                if (sink->row == nullptr) break;
                const auto s = sink->row(sink->self, step, values.data(), static_cast<uint32_t>(values.size()));
                if (s < 0) return s;
            }
            if (sink->done != nullptr) sink->done(sink->self, step, result.affected);
        }
        return ZOCO_OK;
    }

    zoco_service _table;
    std::map<std::string, Script> _scripts;
    std::vector<Resolved> _resolved;
    std::vector<FakeStep> _steps;
    std::size_t _calls = 0;
};

} // namespace zoco::testing
