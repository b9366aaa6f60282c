#include "Paso.h"

#include "Problemas.h"

#include <memory>

namespace usuarios
{

namespace
{

using zoco::Reply;
using zoco::Request;

/// What a handler throws is its answer when it is a Problem; else the log has it and the client a 500.
Reply guarded(const Request& request, const zoco::Log& log, const std::function<Reply()>& body)
{
    try
    {
        return body();
    }
    catch (const zoco::ProblemException& e)
    {
        return e.problem();
    }
    catch (const std::exception& e)
    {
        log.error("handler threw", {{"what", e.what()}, {"request_id", request.requestId()}});
        return zoco::Problem::fromStatus(ZOCO_E_FAILED);
    }
}

} // namespace

void runSteps(const Request& request, zoco::Responder responder, const std::function<Paso(const Request&)>& first,
              ClaveLane& lane, const zoco::Log& log)
{
    // Shared by the queue's entry and its question whether anybody still waits.
    const auto shared = std::make_shared<zoco::Responder>(std::move(responder));
    std::optional<Pendiente> pending;
    auto reply = guarded(request, log,
                         [&]() -> Reply
                         {
                             auto step = first(request);
                             if (step.isAnswer()) return std::move(step.answer());
                             pending = std::move(step.pending());
                             return Reply::empty(204);
                         });
    if (!pending)
    {
        shared->send(std::move(reply));
        return;
    }
    pending->trabajo.isWanted = [shared, own = std::move(pending->trabajo.isWanted)]
    { return !shared->isCancelled() && (!own || own()); };
    auto then =
        [shared, request, log, termina = std::move(pending->termina)](const ResultadoClave& result, bool hasFailed)
    {
        if (shared->isCancelled()) return;
        if (hasFailed)
            shared->send(problema::ocupado());
        else
            shared->send(guarded(request, log, [&] { return termina(request, result); }));
    };
    if (!lane.post(std::move(pending->trabajo), std::move(then))) shared->send(problema::ocupado());
}

} // namespace usuarios
