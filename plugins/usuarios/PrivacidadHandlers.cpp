#include "PrivacidadHandlers.h"

#include "Problemas.h"
#include "Reloj.h"
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
}

Reply PrivacidadHandlers::tratamientos(const Request& request) const
{
    auto list = _tratamientos.all(request);
    if (!list) return std::move(list.problem());
    std::string out;
    zoco::JsonWriter json(out);
    json.beginObject().key("tratamientos").beginArray();
    for (const auto& t : *list) json.beginObject().member("extension", t.extension).key("usos").raw(t.usos).endObject();
    json.endArray().endObject();
    return Reply::json(std::move(out));
}

void PrivacidadHandlers::datos(const Request& request, zoco::Responder responder) const
{
    const Visita visita(request);
    const auto fail = [&](zoco::Problem problem) { (void)responder.send(std::move(problem)); };
    if (!_acceso.isReciente(visita)) return fail(problema::autenticacionReciente());
    auto user = _e.usuarios.byId(request, visita.usuario);
    if (!user) return fail(std::move(user.problem()));
    if (!*user) return fail(problema::noEncontrado());
    auto expected = _tratamientos.all(request);
    if (!expected) return fail(std::move(expected.problem()));
    zoco::Group group(_e.data);
    _e.auditoria.add(group, {visita.usuario, "datos-descargados", visita.usuario, visita.direccion});
    if (auto done = group.run(request); !done) return fail(std::move(done.problem()));
    const auto shared = std::make_shared<zoco::Responder>(std::move(responder)); // the one of two ends that comes first
    const auto number =
        _recogida.begin({visita.usuario, (*user)->correo}, std::move(*expected),
                        [shared](Recogido gathered)
                        {
                            Reply reply(200, archiveOf(gathered, nowUs()), "application/zip");
                            reply.header("Content-Disposition", "attachment; filename=\"mis-datos.zip\"");
                            (void)shared->send(std::move(reply));
                        });
    if (number.empty())
        (void)shared->send(problema::ocupado());
    else if (_executor.postAfter(kPatience, [this, number] { _recogida.giveUp(number); }) != ZOCO_OK)
        _recogida.giveUp(number);
}

} // namespace usuarios
