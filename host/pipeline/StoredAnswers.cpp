#include "StoredAnswers.h"

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

StoredAnswers::StoredAnswers(const HostService& data)
    : _data(data.service()),
      _find(data.operation("gestorbbdd.respuesta_leer", {"plugin", "ruta", "quien", "clave"})),
      _remove(data.operation("gestorbbdd.respuesta_borrar", {"antes", "limite"}))
{
}

Result<std::optional<StoredAnswer>> StoredAnswers::find(const KnownRequest& request, const CallContext& context) const
{
    std::optional<StoredAnswer> out;
    const auto done = _data.call(context, _find, {request.plugin, request.route, request.subject, request.key},
                                 [&](const Row& row) { out = row.as<StoredAnswer>(); });
    if (!done.ok()) return done.problem();
    return out;
}

Result<std::int64_t> StoredAnswers::removeSome(std::int64_t beforeUs, const CallContext& context) const
{
    return _data.call(context, _remove, {Value::time(beforeUs), kSome});
}

} // namespace zoco::host
