#include "Idempotency.h"

#include "Call.h"
#include "IdempotencyKey.h"
#include "ProblemRenderer.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

namespace zoco::host
{

namespace
{

constexpr std::int64_t kSecondLookNs = 2'000'000'000; ///< for what may replace an answer that is ready
constexpr std::int64_t kCleaningNs = 5'000'000'000;

void answer(Call& call, Response&& response)
{
    call.answer(std::move(response));
    call.end(ZOCO_OK);
}

void refuse(Call& call, int status, std::string_view slug)
{
    const zoco_problem problem{sizeof(zoco_problem), status, str(slug), {}, {}, nullptr, 0, 0};
    (void)call.responder()->fail(call.responder(), &problem);
    call.end(ZOCO_OK);
}

void pass(Call& call) { call.route().target->dispatch(call); }

CallContext contextOf(const Call& call, std::int64_t deadlineNs)
{
    CallContext out;
    out.deadlineNs = deadlineNs;
    out.requestId = call.requestId();
    out.traceparent = view(call.request().traceparent);
    return out;
}

} // namespace

struct Idempotency::Admission
{
    Idempotency& self;
    Call& call;
    std::string key;
};

struct Idempotency::Reconsideration
{
    Idempotency& self;
    Call& call;
    Response response;
};

Idempotency::Idempotency(IdempotencySettings settings, const HostService& data, const KeyRing& keys, TimerQueue& timers,
                         const Log& log)
    : _settings(std::move(settings)),
      _fingerprint(_settings.keyFile, _settings.mayMakeKey),
      _answers(data, keys),
      _log(log.source("host.idempotency")),
      _pool({"idempotency", _settings.threads, _settings.queueLimit}),
      _cleaning(timers, _settings.cleanMs * 1'000'000, {&postCleaning, this})
{
}

void Idempotency::admit(Call& call) noexcept
{
    const auto& request = call.request();
    const zoco_str* header = nullptr;
    bool isDouble = false;
    for (std::uint32_t i = 0; i < request.header_count; ++i)
    {
        if (!equalsIgnoreCase(view(request.headers[i].name), "idempotency-key")) continue;
        isDouble = header != nullptr;
        header = &request.headers[i].value;
    }
    if (header == nullptr && call.route().idempotency == ZOCO_IDEMPOTENCY_REQUIRED)
        return refuse(call, 400, "idempotency-key-missing");
    if (header == nullptr) return pass(call);
    auto key = isDouble ? std::nullopt : idempotencyKey(view(*header));
    if (!key) return refuse(call, 400, "idempotency-key-malformed");
    auto admission = std::make_unique<Admission>(Admission{*this, call, std::move(*key)});
    if (!_pool.post({&look, admission.get()})) return call.refuse();
    (void)admission.release(); // `look` has it
}

void Idempotency::look(void* context)
{
    const std::unique_ptr<Admission> admission(static_cast<Admission*>(context));
    auto& self = admission->self;
    try
    {
        self.admitKnown(admission->call, std::move(admission->key));
    }
    catch (const std::exception& e)
    {
        self._log.error("a request was not recognized", {{"what", e.what()}});
        refuse(admission->call, 500, "internal");
    }
}

std::unique_ptr<KnownRequest> Idempotency::recognize(const Call& call, std::string key) const
{
    const auto& request = call.request();
    auto out = std::make_unique<KnownRequest>();
    out->plugin = call.route().plugin;
    out->route = call.route().method + ' ' + call.route().pattern.text;
    for (std::uint32_t i = 0; i < request.claim_count; ++i)
        if (view(request.claims[i].name) == "sub") out->subject = view(request.claims[i].value);
    // A visitor that is new would be another one at the second try, whose answer nobody has seen.
    if (out->subject.empty() && !call.sentVisitor().empty())
        out->subject = "visitor:" + std::string(call.sentVisitor());
    out->key = std::move(key);
    out->fingerprint = _fingerprint.of(request);
    out->fill();
    return out;
}

/// The key is taken before it is looked for: an answer that is stored meanwhile is found, or was never on its way.
void Idempotency::admitKnown(Call& call, std::string key)
{
    auto known = recognize(call, std::move(key));
    bool isSame = true;
    known->hold = _inFlight.enter(known->name(), known->fingerprint, isSame);
    const auto deadlineNs = call.request().deadline_ns;
    auto stored = _answers.find(*known, contextOf(call, deadlineNs));
    if (!stored.ok()) return refuse(call, 503, "unavailable");
    if (*stored) isSame = (*stored)->fingerprint == known->fingerprint;
    if (!isSame) return refuse(call, 422, "idempotency-key-reused");
    if (*stored) return answer(call, std::move(**stored).toResponse());
    if (!known->hold) return refuse(call, 409, kKeyInFlight);
    if (steadyNs() > deadlineNs) return refuse(call, 504, "deadline");
    call.setKnown(std::move(known));
    pass(call);
}

/// A failure may have come of another node that was quicker, or of an outcome that nobody knew.
bool Idempotency::reconsider(Call& call, Response& response) noexcept
{
    if (response.status < 400) return false;
    auto again = std::make_unique<Reconsideration>(Reconsideration{*this, call, std::move(response)});
    if (_pool.post({&lookAgain, again.get()}))
    {
        (void)again.release(); // `lookAgain` has it
        return true;
    }
    response = std::move(again->response);
    return false;
}

void Idempotency::lookAgain(void* context)
{
    const std::unique_ptr<Reconsideration> again(static_cast<Reconsideration*>(context));
    auto& self = again->self;
    try
    {
        self.replaceByStored(again->call, again->response);
    }
    catch (const std::exception& e)
    {
        self._log.error("a failure was not looked into", {{"what", e.what()}});
    }
    again->call.complete(std::move(again->response));
}

void Idempotency::replaceByStored(const Call& call, Response& response)
{
    const auto& known = *call.known();
    auto stored = _answers.find(known, contextOf(call, steadyNs() + kSecondLookNs));
    if (!stored.ok() || !*stored) return;
    if ((*stored)->fingerprint == known.fingerprint)
        response = std::move(**stored).toResponse();
    else
        response =
            renderProblem({422, "idempotency-key-reused", {}, {}, {}, ZOCO_E_FAILED}, call.path(), call.requestId());
}

/// A full pool cleans the next time.
void Idempotency::postCleaning(void* self) { (void)static_cast<Idempotency*>(self)->_pool.post({&clean, self}); }

void Idempotency::clean(void* owner)
{
    auto& self = *static_cast<Idempotency*>(owner);
    const auto before = std::chrono::system_clock::now() - self._settings.retention;
    const auto beforeUs = std::chrono::duration_cast<std::chrono::microseconds>(before.time_since_epoch()).count();
    for (;;)
    {
        CallContext context;
        context.deadlineNs = steadyNs() + kCleaningNs;
        const auto removed = self._answers.removeSome(beforeUs, context);
        const bool isGood = removed.ok();
        if (!isGood && removed.problem().code != ZOCO_E_UNAVAILABLE)
            self._log.warning("old stored answers were not deleted", {{"status", removed.problem().code}});
        if (!isGood || *removed < StoredAnswers::kSome) return;
    }
}

} // namespace zoco::host
