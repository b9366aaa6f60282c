#include "CallMessages.h"

#include "zoco/Problem.h"

#include <limits>

namespace zoco::host
{

namespace
{

/// Parts of an answer to a call.
enum : std::uint64_t
{
    kColumns = 1,
    kRow,
    kDone,
    kProblem,
    kStatus
};

constexpr std::size_t kResultBytes = 60u << 20; ///< of one call, below the limit of a frame

} // namespace

std::string WireRequest::pack(std::uint64_t id, std::uint32_t route, const zoco_request& r)
{
    auto out = frame(Frame::Invoke, id, 768 + r.body.size);
    out.number(route).text(r.method).text(r.path).text(r.query);
    out.pairs(r.params, r.param_count).pairs(r.headers, r.header_count).pairs(r.claims, r.claim_count);
    out.bytes(view(r.body)).text(r.request_id).text(r.traceparent).text(r.tracestate);
    out.text(r.client_address).text(r.public_url);
    packDeadline(out, r.deadline_ns);
    out.boolean(r.idempotency != nullptr);
    if (const auto* known = r.idempotency)
        out.text(known->key).text(known->route).text(known->subject).bytes(view(known->fingerprint));
    return out.finish();
}

void WireRequest::unpack(std::string_view payload)
{
    _payload.assign(payload);
    Unpacker in(_payload);
    id = in.id();
    route = static_cast<std::uint32_t>(in.number(std::numeric_limits<std::uint32_t>::max()));
    raw.struct_size = sizeof raw;
    raw.method = in.str();
    raw.path = in.str();
    raw.query = in.str();
    in.pairs(_params);
    in.pairs(_headers);
    in.pairs(_claims);
    raw.params = _params.data();
    raw.param_count = static_cast<std::uint32_t>(_params.size());
    raw.headers = _headers.data();
    raw.header_count = static_cast<std::uint32_t>(_headers.size());
    raw.claims = _claims.data();
    raw.claim_count = static_cast<std::uint32_t>(_claims.size());
    const auto body = in.bytes();
    raw.body = {body.data(), body.size()};
    raw.request_id = in.str();
    raw.traceparent = in.str();
    raw.tracestate = in.str();
    raw.client_address = in.str();
    raw.public_url = in.str();
    raw.deadline_ns = unpackDeadline(in);
    raw.idempotency = in.boolean() ? &_known : nullptr;
    if (raw.idempotency == nullptr) return;
    _known = {sizeof _known, in.str(), in.str(), in.str(), {}};
    const auto fingerprint = in.bytes();
    _known.fingerprint = {fingerprint.data(), fingerprint.size()};
}

void WireCall::pack(Packer& out, const zoco_call& call)
{
    packDeadline(out, call.deadline_ns);
    out.text(call.request_id).text(call.traceparent).list(call.step_count);
    for (std::uint32_t i = 0; i < call.step_count; ++i)
    {
        const auto& step = call.steps[i];
        out.number(step.operation).integer(step.expect_rows).values(step.args, step.arg_count);
    }
}

void WireCall::unpack(Unpacker& in)
{
    raw = {sizeof raw, 0, nullptr, unpackDeadline(in), {}, {}};
    raw.request_id = in.str();
    raw.traceparent = in.str();
    for (auto left = in.list(); left > 0; --left)
    {
        zoco_step step{};
        step.operation = in.number();
        step.expect_rows = static_cast<std::int32_t>(in.integer());
        auto& args = _args.emplace_back();
        in.values(args, _lists);
        step.args = args.data();
        step.arg_count = static_cast<std::uint32_t>(args.size());
        _steps.push_back(step);
    }
    raw.steps = _steps.data();
    raw.step_count = static_cast<std::uint32_t>(_steps.size());
}

ResultPacker::ResultPacker(std::uint64_t id)
    : _out(frame(Frame::Reply, id)), _sink{sizeof(zoco_sink), this, &columns, &row, &done, &problem}
{
}

std::string ResultPacker::finish(zoco_status status)
{
    _out.number(kStatus).integer(status);
    return _out.finish();
}

zoco_status ResultPacker::room() const noexcept { return _out.size() < kResultBytes ? ZOCO_OK : ZOCO_E_FAILED; }

zoco_status ResultPacker::columns(void* self, uint32_t step, const zoco_str* names, uint32_t count)
{
    auto& out = static_cast<ResultPacker*>(self)->_out;
    out.number(kColumns).number(step).list(count);
    for (uint32_t i = 0; i < count; ++i) out.text(names[i]);
    return ZOCO_OK;
}

zoco_status ResultPacker::row(void* self, uint32_t step, const zoco_value* values, uint32_t count)
{
    auto& result = *static_cast<ResultPacker*>(self);
    result._out.number(kRow).number(step).values(values, count);
    return result.room();
}

void ResultPacker::done(void* self, uint32_t step, int64_t affectedRows)
{
    static_cast<ResultPacker*>(self)->_out.number(kDone).number(step).integer(affectedRows);
}

void ResultPacker::problem(void* self, const zoco_problem* problem)
{
    auto& out = static_cast<ResultPacker*>(self)->_out;
    out.number(kProblem);
    packProblem(out, *problem);
}

namespace
{

/// One part; the sink's status, which ends the call when it is negative.
zoco_status playPart(std::uint64_t part, Unpacker& in, zoco_sink& sink)
{
    if (part == kProblem)
    {
        std::vector<zoco_pair> errors;
        const auto problem = unpackProblem(in, errors);
        if (sink.problem != nullptr) sink.problem(sink.self, &problem);
        return ZOCO_OK;
    }
    const auto step = static_cast<std::uint32_t>(in.number(std::numeric_limits<std::uint32_t>::max()));
    if (part == kColumns)
    {
        std::vector<zoco_str> names;
        for (auto left = in.list(); left > 0; --left) names.push_back(in.str());
        return sink.columns == nullptr
                   ? ZOCO_OK
                   : sink.columns(sink.self, step, names.data(), static_cast<uint32_t>(names.size()));
    }
    if (part == kRow)
    {
        ValueLists lists;
        std::vector<zoco_value> values;
        in.values(values, lists);
        return sink.row == nullptr ? ZOCO_OK
                                   : sink.row(sink.self, step, values.data(), static_cast<uint32_t>(values.size()));
    }
    const auto affected = in.integer();
    if (sink.done != nullptr) sink.done(sink.self, step, affected);
    return ZOCO_OK;
}

} // namespace

zoco_status playResult(Unpacker& in, zoco_sink* sink)
{
    zoco_sink nobody{sizeof(zoco_sink), nullptr, nullptr, nullptr, nullptr, nullptr};
    for (;;)
    {
        const auto part = in.number(kStatus);
        if (part == kStatus) return static_cast<zoco_status>(in.integer());
        const auto status = playPart(part, in, sink == nullptr ? nobody : *sink);
        if (status < 0) return status;
    }
}

} // namespace zoco::host
