#pragma once

#include "Http.h"
#include "Result.h"
#include "Row.h"
#include "Value.h"
#include "detail/Barrier.h"
#include "detail/ProblemAbi.h"
#include "zoco/abi/services.h"

#include <forward_list>
#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco
{

/// What travels with every call: until when, and for which request.
struct CallContext
{
    std::int64_t deadlineNs = 0; ///< CLOCK_MONOTONIC; 0 = the service's own limit
    std::string_view requestId;
    std::string_view traceparent;

    CallContext() = default;
    CallContext(const Request& r) noexcept
        : deadlineNs(r.deadlineNs()), requestId(r.requestId()), traceparent(r.traceparent())
    {
    }
};

/// A resolved operation of a service: cheap to copy, valid as long as its Service.
struct Operation
{
    zoco_operation handle = 0;
    std::shared_ptr<const std::string> name = nullptr; ///< for errors of reading

    std::string_view label() const noexcept { return name ? std::string_view(*name) : std::string_view(); }
};

/// Called for each row, on the calling thread; what it throws ends the call and comes out of it.
using RowReader = std::function<void(const Row&)>;

class Service;

/// An atomic group: steps in order, all or nothing, one round trip. One use, one thread.
/// Values are borrowed until `run` returns, so do not pass temporaries that die before.
class Group
{
public:
    explicit Group(const Service& service) noexcept : _service(service) {}

    /// Adds a step and returns its number, for Value::ref. `expectRows`: rows returned or changed must be so many, else
    /// the whole group is undone and fails with ZOCO_E_GUARD.
    std::uint32_t add(const Operation& operation, std::vector<Value> args, std::int32_t expectRows = -1)
    {
        _args.push_back(std::move(args));
        _steps.push_back({operation.handle, nullptr, 0, expectRows});
        _names.push_back(operation.name);
        return static_cast<std::uint32_t>(_steps.size() - 1);
    }

    /// Keeps a text for the values of steps as long as the group lives.
    std::string_view keep(std::string text) { return _texts.emplace_front(std::move(text)); }

    bool empty() const noexcept { return _steps.empty(); }

    /// Runs it. `onRow(step, row)` gets the rows. The value is the rows changed by all steps together.
    Result<std::int64_t> run(const CallContext& context, std::function<void(std::uint32_t, const Row&)> onRow = {});

private:
    const Service& _service;
    std::vector<zoco_step> _steps;
    std::vector<std::vector<Value>> _args;
    std::vector<std::shared_ptr<const std::string>> _names;
    std::forward_list<std::string> _texts;
};

/// A service of another plugin, as its consumer holds it. [any-thread], `operation` in start only.
class Service
{
public:
    Service() = default;
    explicit Service(zoco_service* raw) noexcept : _raw(raw) {}

    explicit operator bool() const noexcept { return _raw != nullptr; }

    /// Resolves an operation; `params` fixes the order of the values. Throws when the service refuses it: `start` then
    /// fails and the host tells the operator why.
    Operation operation(std::string_view name, std::initializer_list<std::string_view> params = {}) const
    {
        if (_raw == nullptr)
            throw ProblemException({503,
                                    "service",
                                    "The service of the operation " + std::string(name) +
                                        " is not there; a plugin lists it in needs or uses",
                                    "",
                                    {},
                                    ZOCO_E_UNAVAILABLE});
        std::vector<zoco_str> names;
        for (const auto p : params) names.push_back(str(p));
        Operation out;
        const auto status =
            _raw->resolve(_raw, str(name), names.data(), static_cast<std::uint32_t>(names.size()), &out.handle);
        if (status != ZOCO_OK)
            throw ProblemException(
                {500, "operation", "The operation " + std::string(name) + " is not available", "", {}, status});
        out.name = std::make_shared<const std::string>(name);
        return out;
    }

    /// Calls one operation. The value is the number of rows changed (0 for a query).
    Result<std::int64_t> call(const CallContext& context, const Operation& operation, std::initializer_list<Value> args,
                              const RowReader& onRow = {}, std::int32_t expectRows = -1) const
    {
        const zoco_step step{operation.handle, args.begin(), static_cast<std::uint32_t>(args.size()), expectRows};
        if (!onRow) return run(context, {&step, 1}, {});
        return run(context, {&step, 1}, [&](std::uint32_t, const Row& row) { onRow(row.of(operation.label())); });
    }

    /// Calls the steps as they are; see Group for the comfortable form.
    Result<std::int64_t> run(const CallContext& context, std::span<const zoco_step> steps,
                             const std::function<void(std::uint32_t, const Row&)>& onRow) const
    {
        if (_raw == nullptr) return Problem::fromStatus(ZOCO_E_UNAVAILABLE);
        const zoco_call call{sizeof(zoco_call),      static_cast<std::uint32_t>(steps.size()),
                             steps.data(),           context.deadlineNs,
                             str(context.requestId), str(context.traceparent)};
        Sink sink(onRow);
        const auto status = _raw->call(_raw, &call, &sink.raw);
        if (sink.thrown) std::rethrow_exception(sink.thrown);
        if (status >= 0) return sink.affected;
        if (!sink.problem) return Problem::fromStatus(status);
        sink.problem->code = status;
        return std::move(*sink.problem);
    }

private:
    struct Sink
    {
        explicit Sink(const std::function<void(std::uint32_t, const Row&)>& reader) : onRow(reader)
        {
            raw = {sizeof(zoco_sink), this, nullptr, reader ? &Sink::row : nullptr, &Sink::done, &Sink::takeProblem};
        }

        static zoco_status row(void* self, std::uint32_t step, const zoco_value* values, std::uint32_t count)
        {
            auto& s = *static_cast<Sink*>(self);
            try
            {
                s.onRow(step, Row(values, count));
                return ZOCO_OK;
            }
            catch (...)
            {
                s.thrown = std::current_exception();
                return ZOCO_E_FAILED;
            }
        }
        static void done(void* self, std::uint32_t, std::int64_t rows) { static_cast<Sink*>(self)->affected += rows; }
        static void takeProblem(void* self, const zoco_problem* p)
        {
            static_cast<Sink*>(self)->problem = detail::toProblem(*p);
        }

        zoco_sink raw{};
        const std::function<void(std::uint32_t, const Row&)>& onRow;
        std::int64_t affected = 0;
        std::optional<Problem> problem;
        std::exception_ptr thrown;
    };

    zoco_service* _raw = nullptr;
};

inline Result<std::int64_t> Group::run(const CallContext& context, std::function<void(std::uint32_t, const Row&)> onRow)
{
    for (std::size_t i = 0; i < _steps.size(); ++i)
    {
        _steps[i].args = _args[i].data();
        _steps[i].arg_count = static_cast<std::uint32_t>(_args[i].size());
    }
    if (!onRow) return _service.run(context, _steps, {});
    return _service.run(context, _steps,
                        [&](std::uint32_t step, const Row& row)
                        {
                            const auto* name = step < _names.size() ? _names[step].get() : nullptr;
                            onRow(step, row.of(name != nullptr ? std::string_view(*name) : std::string_view()));
                        });
}

/// Finds and offers services. [lifecycle]
class Services
{
public:
    explicit Services(const zoco_services* table) noexcept : _table(table) {}

    /// In init. The provider's table stays the plugin's and lives until its stop returns.
    void provide(const char* id, zoco_provider* provider) const
    {
        if (_table->provide(_table->self, id, provider) != ZOCO_OK)
            throw ProblemException(
                {500, "provide", "The host refused the service " + std::string(id), "", {}, ZOCO_E_INVALID});
    }

    /// In start. Empty when a service in uses[] is not there.
    Service find(const char* id) const { return Service(_table->find(_table->self, id)); }

private:
    const zoco_services* _table;
};

} // namespace zoco
