#pragma once

#include "Auth.h"
#include "Provider.h"

namespace zoco
{

/// What the plugin that knows users derives from, to offer zoco.auth/1 with `services().provide(kAuthService,
/// ...raw())`. Lives from init until stop. What its functions throw fails the call: a ProblemException with
/// ZOCO_E_UNAVAILABLE when the data cannot be asked.
class AuthProvider : public Provider
{
public:
    using Provider::Provider;

    /// The session whose token has this fingerprint (32 bytes); empty when there is none that is good. [any-thread]
    virtual std::optional<AuthSession> session(const CallContext& context, std::string_view fingerprint) = 0;
    /// Whether that session's user proved at or after then, in microseconds, who they are. [any-thread]
    virtual std::optional<FreshLogin> stepUp(const CallContext& context, std::string_view usuario,
                                             std::string_view sesion, std::int64_t sinceUs) = 0;

    zoco_operation resolve(ConsumerNote*, std::string_view operation, std::span<const std::string_view> params) final
    {
        const auto has = [&](std::initializer_list<std::string_view> names)
        { return std::equal(params.begin(), params.end(), names.begin(), names.end()); };
        if (operation == kAuthSession && has({"huella"})) return kSession;
        if (operation == kAuthStepUp && has({"usuario", "sesion", "desde"})) return kStepUp;
        throw ProblemException(
            {500,
             "operation",
             std::string(kAuthService) + " has no operation " + std::string(operation) + " with these parameters",
             "",
             {},
             ZOCO_E_UNSUPPORTED});
    }

    zoco_status call(ConsumerNote*, const ServiceCall& call, const ServiceSink& sink) final
    {
        if (call.steps().size() != 1) return ZOCO_E_INVALID;
        const auto& step = call.steps().front();
        CallContext context;
        context.deadlineNs = call.deadlineNs();
        context.requestId = call.requestId();
        return step.operation == kSession ? answerSession(context, step, sink) : answerStepUp(context, step, sink);
    }

private:
    static constexpr zoco_operation kSession = 1;
    static constexpr zoco_operation kStepUp = 2;

    zoco_status answerSession(const CallContext& context, const zoco_step& step, const ServiceSink& sink)
    {
        if (step.arg_count != 1) return ZOCO_E_INVALID;
        const auto found = session(context, Value(step.args[0]).text());
        if (!found) return ZOCO_OK;
        const auto status = sink.columns(0, {"usuario", "sesion", "roles", "caduca", "autenticado", "metodos"});
        if (status < 0) return status;
        return sink.row(0, {found->usuario, found->sesion, found->roles, Value::time(found->caduca),
                            Value::time(found->autenticado), found->metodos});
    }

    zoco_status answerStepUp(const CallContext& context, const zoco_step& step, const ServiceSink& sink)
    {
        if (step.arg_count != 3) return ZOCO_E_INVALID;
        const auto found =
            stepUp(context, Value(step.args[0]).text(), Value(step.args[1]).text(), Value(step.args[2]).integer());
        if (!found) return ZOCO_OK;
        if (const auto status = sink.columns(0, {"autenticado", "metodos", "emisor"}); status < 0) return status;
        return sink.row(0, {Value::time(found->autenticado), found->metodos, found->emisor});
    }
};

} // namespace zoco
