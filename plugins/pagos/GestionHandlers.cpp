#include "GestionHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/VistaInforme.h"
#include "text/Base64.h"
#include "text/Huella.h"
#include "zoco/Json.h"

#include <charconv>

namespace pagos
{

namespace
{

constexpr std::int64_t kPerPage = 50;
constexpr std::int64_t kMostPerPage = 200;
constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::int64_t kEver = 253'402'300'799'000'000; ///< the end of the year 9999

zoco::Reply answered(const std::string& json, int status = 200)
{
    return std::move(zoco::Reply::json(json, status).header("Cache-Control", "no-store"));
}

std::optional<std::int64_t> numberIn(std::string_view text)
{
    std::int64_t out = 0;
    const auto [at, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    const bool isAll = error == std::errc() && at == text.data() + text.size() && out >= 0;
    return isAll ? std::optional(out) : std::nullopt;
}

/// A day, as its beginning. `otherwise`: when it is not said.
zoco::Result<std::int64_t> dayOf(const zoco::Request& request, const char* name, std::int64_t otherwise)
{
    const auto text = request.query(name);
    if (!text) return otherwise;
    const auto day = parseDay(*text);
    if (!day) return problema::datosInvalidos(std::string("/") + name, "must be a day such as 2026-11-29");
    return *day;
}

} // namespace

zoco::Reply GestionHandlers::notifications(const zoco::Request& request) const
{
    const auto limit = numberIn(request.query("limite").value_or(std::to_string(kPerPage)));
    if (!limit || *limit < 1 || *limit > kMostPerPage)
        return problema::datosInvalidos("/limite", "must be a whole number from 1 to 200");
    std::int64_t before = kEver;
    std::string id;
    if (const auto cursor = request.query("cursor"))
    {
        const auto dash = cursor->find('-');
        const auto time = numberIn(std::string_view(*cursor).substr(0, dash));
        if (dash == std::string::npos || !time) return problema::datosInvalidos("/cursor", "is none of this list");
        before = *time;
        id = cursor->substr(dash + 1);
    }
    auto found = _avisos.before(request, before, id, *limit + 1);
    if (!found.ok()) return found.problem();
    std::string next;
    if (static_cast<std::int64_t>(found->size()) > *limit)
    {
        found->pop_back();
        next = std::to_string(found->back().momento) + '-' + found->back().id;
    }
    return answered(toJson(*found, next));
}

zoco::Reply GestionHandlers::settle(const zoco::Request& request) const
{
    const auto type = request.header("Content-Type");
    if (!zoco::sameHeaderName(type.substr(0, type.find(';')), "text/csv"))
        return zoco::Problem{
            415, "tipo-de-contenido", "The content type is not accepted here", "Expected text/csv.", {}};
    const auto conector = request.query("conector").value_or("redsys");
    if (_encargos.connectorOf(conector) == nullptr)
        return problema::datosInvalidos("/conector", "is no payment service of this shop");
    const auto file = Liquidacion::read(request.body(), nowUs());
    if (!file.faltas.empty()) return zoco::Problem{422, "datos-invalidos", "The data are not valid", "", file.faltas};
    const auto id = base64(_crypto.random(16), Alphabet::Base64UrlBare);
    const auto done = _liquidaciones.add(request, id, huella(request.body()), conector, file.lineas, nowUs());
    if (!done.ok()) return done.problem();
    std::string out;
    zoco::JsonWriter(out)
        .beginObject()
        .member("id", done->id)
        .member("lineas", done->lineas)
        .member("repetida", done->isRepetida)
        .endObject();
    return answered(out, done->isRepetida ? 200 : 201);
}

zoco::Reply GestionHandlers::reconcile(const zoco::Request& request) const
{
    const auto now = nowUs();
    const auto since = dayOf(request, "desde", now - 31 * kDayUs);
    if (!since.ok()) return since.problem();
    const auto until = dayOf(request, "hasta", now);
    if (!until.ok()) return until.problem();
    const auto end = request.query("hasta") ? *until + kDayUs : *until;
    const auto done = _cuadre.of(request, *since, end);
    if (!done.ok()) return done.problem();
    return answered(toJson(*done));
}

} // namespace pagos
