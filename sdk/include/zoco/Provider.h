#pragma once

#include "Log.h"
#include "Problem.h"
#include "Value.h"
#include "detail/Barrier.h"
#include "detail/ProblemAbi.h"
#include "zoco/abi/services.h"

#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco
{

/// The plugin that consumes a service, as the provider sees it. Views live until `detach` for it returns.
class ServiceConsumer
{
public:
    explicit ServiceConsumer(const zoco_consumer& raw) noexcept : _raw(&raw) {}

    std::string_view id() const noexcept { return view(_raw->plugin_id); }
    std::string_view version() const noexcept { return view(_raw->plugin_version); }
    std::uint32_t generation() const noexcept { return _raw->generation; }

    /// The consumer's embedded files of one kind, such as "sql-operation", in the order of its entry.
    std::vector<zoco_resource> resources(std::string_view kind) const
    {
        std::vector<zoco_resource> out;
        for (auto r = _raw->resources; r != nullptr && r->kind != nullptr; ++r)
            if (kind == r->kind) out.push_back(*r);
        return out;
    }

private:
    const zoco_consumer* _raw;
};

/// A call as the provider receives it. Views live until `call` returns.
class ServiceCall
{
public:
    explicit ServiceCall(const zoco_call& raw) noexcept : _raw(&raw) {}

    std::span<const zoco_step> steps() const noexcept { return {_raw->steps, _raw->step_count}; }
    /// CLOCK_MONOTONIC nanoseconds; 0 = the service's own limit.
    std::int64_t deadlineNs() const noexcept
    {
        return detail::has(_raw, &zoco_call::deadline_ns) ? _raw->deadline_ns : 0;
    }
    std::string_view requestId() const noexcept
    {
        return detail::has(_raw, &zoco_call::request_id) ? view(_raw->request_id) : std::string_view{};
    }

private:
    const zoco_call* _raw;
};

/// Where a call's results go; what its maker left out is skipped. Only during the call, on the calling thread.
class ServiceSink
{
public:
    explicit ServiceSink(zoco_sink* raw) noexcept : _raw(raw) {}

    /// Whether anybody looks at rows; a provider may then spare making them.
    bool wantsRows() const noexcept { return has(&zoco_sink::row); }
    bool wantsColumns() const noexcept { return has(&zoco_sink::columns); }

    /// A negative answer of these two ends the call.
    zoco_status columns(std::uint32_t step, std::span<const zoco_str> names) const
    {
        if (!wantsColumns()) return ZOCO_OK;
        return _raw->columns(_raw->self, step, names.data(), static_cast<std::uint32_t>(names.size()));
    }
    zoco_status row(std::uint32_t step, std::span<const zoco_value> values) const
    {
        if (!wantsRows()) return ZOCO_OK;
        return _raw->row(_raw->self, step, values.data(), static_cast<std::uint32_t>(values.size()));
    }
    /// The same for results that are written down at once: `sink.columns(0, {"suma"}); sink.row(0, {total});`
    zoco_status columns(std::uint32_t step, std::initializer_list<std::string_view> names) const
    {
        std::vector<zoco_str> raw;
        for (const auto name : names) raw.push_back(str(name));
        return columns(step, std::span<const zoco_str>(raw));
    }
    zoco_status row(std::uint32_t step, std::initializer_list<Value> values) const
    {
        const zoco_value* first = values.begin(); // the same layout
        return row(step, std::span<const zoco_value>(first, values.size()));
    }
    void done(std::uint32_t step, std::int64_t affectedRows) const
    {
        if (has(&zoco_sink::done)) _raw->done(_raw->self, step, affectedRows);
    }
    /// Says why the call fails; at most once, before its negative status is returned.
    void problem(const Problem& problem) const
    {
        if (!has(&zoco_sink::problem)) return;
        _raw->problem(_raw->self, detail::ProblemAbi(problem).raw());
    }

private:
    template <class Member>
    bool has(Member zoco_sink::*member) const noexcept
    {
        return _raw != nullptr && detail::has(_raw, member) && _raw->*member != nullptr;
    }

    zoco_sink* _raw;
};

/// What a provider keeps about one consumer: derive from it. Made by `attach`, freed after `detach`.
class ConsumerNote
{
public:
    virtual ~ConsumerNote() = default;
};

/// What a plugin derives from to offer a service: `services.provide("acme.prices/1", provider.raw())` in init.
/// Lives until the plugin's stop returns. What is thrown never reaches the host: a ProblemException refuses the
/// consumer, the operation or the call with its code, and its title is the reason that the operator reads; anything
/// else is ZOCO_E_FAILED.
class Provider
{
public:
    explicit Provider(Log log) noexcept : _log(log) {}
    virtual ~Provider() = default;
    Provider(const Provider&) = delete;
    Provider& operator=(const Provider&) = delete;

    zoco_provider* raw() noexcept { return &_table; }

    /// A consumer is about to start. The note comes back in the other calls; null when none is needed.
    /// [lifecycle of that consumer, or of this plugin when it takes over from another provider]
    virtual std::unique_ptr<ConsumerNote> attach(const ServiceConsumer&) { return nullptr; }
    /// The consumer has stopped; its note is freed afterwards. What it throws is logged. As `attach`.
    virtual void detach(ConsumerNote*) {}
    /// The handle of an operation; `params` are the names in the order in which values will come.
    /// As `attach`.
    virtual zoco_operation resolve(ConsumerNote* note, std::string_view operation,
                                   std::span<const std::string_view> params) = 0;
    /// Runs a call on the caller's thread. [any-thread]
    virtual zoco_status call(ConsumerNote* note, const ServiceCall& call, const ServiceSink& sink) = 0;

private:
    using Report = void (*)(void* ctx, zoco_str reason);

    static Provider& of(zoco_provider* p) noexcept { return *static_cast<Provider*>(p->self); }

    static auto telling(Report report, void* ctx) noexcept
    {
        return [report, ctx](const char* what, const Problem*)
        {
            if (report != nullptr) report(ctx, str(what));
        };
    }

    static zoco_status onAttach(zoco_provider* p, const zoco_consumer* consumer, void** state, Report report,
                                void* ctx) noexcept
    {
        return detail::barrier(
            [&]
            {
                *state = of(p).attach(ServiceConsumer(*consumer)).release();
                return ZOCO_OK;
            },
            telling(report, ctx));
    }

    static void onDetach(zoco_provider* p, void* state) noexcept
    {
        const std::unique_ptr<ConsumerNote> note(static_cast<ConsumerNote*>(state));
        (void)detail::barrier(
            [&]
            {
                of(p).detach(note.get());
                return ZOCO_OK;
            },
            [&](const char* what, const Problem*) {
                of(p)._log.error("detach threw", {{"what", what}});
            });
    }

    static zoco_status onResolve(zoco_provider* p, void* state, zoco_str operation, const zoco_str* params,
                                 std::uint32_t count, zoco_operation* out, Report report, void* ctx) noexcept
    {
        return detail::barrier(
            [&]
            {
                std::vector<std::string_view> names;
                for (std::uint32_t i = 0; i < count; ++i) names.push_back(view(params[i]));
                *out = of(p).resolve(static_cast<ConsumerNote*>(state), view(operation), names);
                return ZOCO_OK;
            },
            telling(report, ctx));
    }

    static zoco_status onCall(zoco_provider* p, void* state, const zoco_call* call, zoco_sink* rawSink) noexcept
    {
        const ServiceSink sink(rawSink);
        const ServiceCall view(*call);
        return detail::barrier(
            [&] { return of(p).call(static_cast<ConsumerNote*>(state), view, sink); },
            [&](const char* what, const Problem* problem)
            {
                if (problem != nullptr) return sink.problem(*problem);
                of(p)._log.error("service call threw", {{"what", what}, {"request_id", view.requestId()}});
                sink.problem(Problem::fromStatus(ZOCO_E_FAILED));
            });
    }

    Log _log;
    zoco_provider _table{sizeof(zoco_provider), this, &onAttach, &onDetach, &onResolve, &onCall};
};

} // namespace zoco
