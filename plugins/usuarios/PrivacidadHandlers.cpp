#include "PrivacidadHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
#include "http/Campos.h"
#include "zoco/Json.h"

#include <chrono>
#include <memory>

namespace usuarios
{

using zoco::Reply;
using zoco::Request;

namespace
{
constexpr std::chrono::seconds kPatience(5);
constexpr std::string_view kSee = "exportar";
constexpr std::string_view kErase = "borrar";
constexpr std::size_t kLongestAction = 32;
} // namespace

Reply PrivacidadHandlers::tratamientos(const Request& request) const
{
    auto list = _tratamientos.all(request);
    if (!list) return std::move(list.problem());
    std::string out;
    zoco::JsonWriter json(out);
    json.beginObject().key("tratamientos").beginArray();
    const auto idioma = Visita(request).idioma;
    for (const auto& t : *list)
        json.beginObject().member("extension", t.extension).key("usos").raw(t.readIn(idioma)).endObject();
    json.endArray().endObject();
    return Reply::json(std::move(out)).header("Vary", "Accept-Language");
}

void PrivacidadHandlers::datos(const Request& request, zoco::Responder responder) const
{
    const Visita visita(request);
    const auto fail = [&](zoco::Problem problem) { (void)responder.send(std::move(problem)); };
    if (!_acceso.isReciente(visita)) return fail(problema::autenticacionReciente());
    auto user = _e.usuarios.byId(request, visita.usuario);
    if (!user) return fail(std::move(user.problem()));
    if (!*user) return fail(problema::noEncontrado());
    auto place = _recogida.reserve(); // before the log says that somebody got them
    if (!place) return fail(problema::ocupado());
    auto expected = _tratamientos.all(request);
    if (!expected) return fail(std::move(expected.problem()));
    zoco::Group group(_e.data);
    _e.auditoria.add(group, {visita.usuario, "datos-descargados", visita.usuario, visita.direccion});
    if (auto done = group.run(request); !done) return fail(std::move(done.problem()));
    gather(std::move(place), {visita.usuario, (*user)->correo}, std::move(*expected), visita.idioma,
           std::move(responder));
}

/// Answers with the archive when all plugins have given their part, or have not in time.
void PrivacidadHandlers::gather(Recogida::Lugar place, const zoco::DataSubject& subject,
                                std::vector<Tratamiento> expected, const std::string& idioma,
                                zoco::Responder responder) const
{
    const auto shared = std::make_shared<zoco::Responder>(std::move(responder)); // the one of two ends that comes first
    const auto number =
        _recogida.begin(std::move(place), subject, std::move(expected),
                        [shared, idioma](Recogido gathered)
                        {
                            Reply reply(200, archiveOf(gathered, idioma, nowUs()), "application/zip");
                            reply.header("Content-Disposition", "attachment; filename=\"mis-datos.zip\"");
                            (void)shared->send(std::move(reply));
                        });
    if (_executor.postAfter(kPatience, [this, number] { _recogida.giveUp(number); }) != ZOCO_OK)
        _recogida.giveUp(number);
}

void PrivacidadHandlers::pedir(const Request& request, zoco::Responder responder) const
{
    auto body = Body::of(request, {"correo", "accion", "idioma"});
    if (!body) return (void)responder.send(std::move(body.problem()));
    const auto correo = campo::correo(*body);
    const auto action = body->text(
        "accion", kLongestAction,
        [](std::string_view text)
        { return text == kSee || text == kErase ? std::string() : std::string("must be exportar or borrar"); });
    const Visita visita(request);
    const auto idioma = campo::idioma(*body).value_or(visita.idioma);
    if (!body->isGood()) return (void)responder.send(body->problem());
    const auto context = zoco::CallContext(request);
    (void)responder.send(Reply::empty(202));
    _invitados.pedir(context, visita, *correo, action == kErase ? Deseo::Borrar : Deseo::Ver, idioma);
}

void PrivacidadHandlers::descargar(const Request& request, zoco::Responder responder) const
{
    const auto fail = [&](zoco::Problem problem) { (void)responder.send(std::move(problem)); };
    auto body = Body::of(request, {"ficha"});
    if (!body) return fail(std::move(body.problem()));
    const auto token = campo::ficha(*body);
    if (!body->isGood()) return fail(body->problem());
    auto place = _recogida.reserve(); // before the link is used up
    if (!place) return fail(problema::ocupado());
    auto expected = _tratamientos.all(request);
    if (!expected) return fail(std::move(expected.problem()));
    const Visita visita(request);
    auto guest = _invitados.ver(request, visita, token);
    if (!guest) return fail(std::move(guest.problem()));
    gather(std::move(place), {{}, guest->texto}, std::move(*expected), visita.idioma, std::move(responder));
}

Reply PrivacidadHandlers::borrar(const Request& request) const
{
    auto body = Body::of(request, {"ficha"});
    if (!body) return std::move(body.problem());
    const auto token = campo::ficha(*body);
    if (!body->isGood()) return body->problem();
    auto done = _invitados.borrar(request, Visita(request), token);
    if (!done) return std::move(done.problem());
    return Reply::empty(202);
}

} // namespace usuarios
