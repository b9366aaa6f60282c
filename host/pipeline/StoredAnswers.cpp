#include "StoredAnswers.h"

#include "core/Clock.h"
#include "zoco/detail/Sealing.h"

#include <charconv>
#include <vector>

namespace zoco::host
{

Response StoredAnswer::toResponse() &&
{
    Response out;
    out.status = status;
    for (std::string_view rest = headers; !rest.empty();)
    {
        const auto line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos && !isHostsOwnHeader(line.substr(0, colon)))
            (void)out.addHeader(line.substr(0, colon), line.substr(colon + 2));
    }
    (void)out.addHeader("Idempotency-Replayed", "true");
    out.body = Body::text(std::move(body));
    return out;
}

StoredAnswers::StoredAnswers(const HostService& data, const KeyRing& keys)
    : _data(data.service()),
      _find(data.operation("gestorbbdd.respuesta_leer", {"plugin", "ruta", "quien", "clave"})),
      _remove(data.operation("gestorbbdd.respuesta_borrar", {"antes", "limite"})),
      _page(data.operation("gestorbbdd.respuesta_pagina", {"desde", "limite"})),
      _seal(data.operation("gestorbbdd.respuesta_sellar", {"id", "cuerpo"})),
      _cipher(keys)
{
}

Result<std::optional<StoredAnswer>> StoredAnswers::find(const KnownRequest& request, const CallContext& context) const
{
    std::optional<StoredAnswer> out;
    const auto done = _data.call(context, _find, {request.plugin, request.route, request.subject, request.key},
                                 [&](const Row& row) { out = row.as<StoredAnswer>(); });
    if (!done.ok()) return done.problem();
    if (!out || out->headers != detail::kSealedAnswer) return out; // others are of before there was encryption
    const auto joined =
        _cipher.open(out->body, detail::answerContext(request.route, request.subject, request.key, out->fingerprint));
    if (!joined || !detail::splitAnswer(*joined, out->headers, out->body))
        return Problem{500, "internal", "Internal error", "", {}, ZOCO_E_FAILED};
    return out;
}

zoco_status StoredAnswers::sealAgain(std::string_view cursor, RotatedPage& page) const
{
    struct Kept
    {
        std::int64_t id = 0;
        std::string route, subject, key, fingerprint, headers, body;
    };
    constexpr std::int64_t kCallNs = 5'000'000'000;
    CallContext context;
    context.deadlineNs = steadyNs() + kCallNs;
    std::int64_t last = 0;
    std::from_chars(cursor.data(), cursor.data() + cursor.size(), last);
    std::vector<Kept> rows;
    const auto read =
        _data.call(context, _page, {last, kSome}, [&](const Row& row) { rows.push_back(row.as<Kept>()); });
    if (!read.ok()) return read.problem().code;
    for (const auto& row : rows)
    {
        last = row.id;
        if (row.headers != detail::kSealedAnswer || _cipher.isCurrent(row.body)) continue; // what is clear is gone soon
        const auto bound = detail::answerContext(row.route, row.subject, row.key, row.fingerprint);
        const auto joined = _cipher.open(row.body, bound);
        if (!joined) continue;
        const auto sealed = _cipher.seal(*joined, bound);
        context.deadlineNs = steadyNs() + kCallNs;
        const auto done = _data.call(context, _seal, {row.id, Value::blob(sealed)});
        if (!done.ok()) return done.problem().code;
    }
    page = {static_cast<std::int64_t>(rows.size()) < kSome, 0, 0, std::to_string(last)};
    return ZOCO_OK;
}

Result<std::int64_t> StoredAnswers::removeSome(std::int64_t beforeUs, const CallContext& context) const
{
    return _data.call(context, _remove, {Value::time(beforeUs), kSome});
}

} // namespace zoco::host
