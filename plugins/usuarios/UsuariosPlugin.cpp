#include "UsuariosPlugin.h"

#include "Reloj.h"
#include "UsuariosRoutes.h"
#include "mandos/Mandos.h"
#include "privacidad/UsosPropios.h"

namespace usuarios
{

namespace
{
constexpr std::uint32_t kMostRecords = 10'000; ///< parts of people's data that wait to be gathered
}

UsuariosPlugin::Parts::Parts(zoco::Host& host, const Ajustes& ajustes)
    : data(host.services().find("zoco.data/1")),
      claves(
          host.executor(), [&crypto = host.crypto()](std::size_t bytes) { return crypto.random(bytes); }, ajustes.coste,
          ajustes.hashesALaVez, ajustes.hashesEnCola),
      usuarios(data, host.crypto()),
      sesiones(data, host.crypto()),
      fichas(data, host.crypto()),
      intentos(data, host.crypto()),
      perfil(data, host.crypto()),
      externos(data, host.crypto()),
      conservacion(data),
      tratamientos(data),
      auditoria(data, host.crypto()),
      rotacion(data, host.crypto()),
      mails(data, host.crypto()),
      cartero(mails, {{"tienda", ajustes.tienda}}),
      cierre(sesiones, data, host.crypto(), host.events()),
      audit(data, host.crypto()),
      entorno{data,   host.crypto(), ajustes,      claves,  usuarios, sesiones, fichas,    intentos,
              perfil, externos,      conservacion, cartero, cierre,   audit,    host.log()},
      registro(entorno),
      acceso(entorno),
      cuenta(entorno),
      factor(entorno),
      proveedores(ajustes.proveedores, host.httpClient(), host.log(), &nowUs),
      casosExternos(entorno, proveedores),
      recogida(host.events(), host.crypto()),
      invitados(entorno),
      datosPropios(entorno),
      handlers(entorno, registro, acceso, cuenta),
      perfilHandlers(entorno, acceso, factor),
      externosHandlers(entorno, casosExternos, proveedores, acceso),
      privacidadHandlers(entorno, recogida, tratamientos, acceso, invitados, host.executor()),
      limpieza(entorno, auditoria, host.executor())
{
}

void UsuariosPlugin::init(zoco::Host& host)
{
    _ajustes.emplace(host.config());
    _auth.emplace(host.log());
    host.services().provide(zoco::kAuthService, _auth->raw());
    addRoutes(host.http(), host.log(),
              [this]() -> Destinos
              {
                  auto& parts = _parts.value();
                  return {parts.handlers, parts.perfilHandlers, parts.externosHandlers, parts.privacidadHandlers,
                          parts.claves};
              });
    addCommands(host.commands(),
                [this]() -> DestinoMandos
                {
                    auto& parts = _parts.value();
                    return {parts.entorno, parts.auditoria, parts.limpieza};
                });
    host.crypto().onRotate("usuarios",
                           [this](std::string_view cursor) { return _parts.value().rotacion.page(cursor); });
    subscribe(host);
}

void UsuariosPlugin::subscribe(zoco::Host& host)
{
    host.events().subscribe(zoco::kAuditTopic, zoco::Delivery::Competing,
                            [this](const zoco::Event& event) { _parts.value().auditoria.take(event); });
    host.events().subscribe(kSesionesCerradas, zoco::Delivery::Broadcast,
                            [&events = host.events()](const zoco::Event& event)
                            { (void)zoco::revokeUser(events, event["usuario"].text()); });
    host.events().subscribe(zoco::kPersonalDataUses, zoco::Delivery::Competing,
                            [this](const zoco::Event& event) { _parts.value().tratamientos.take(event); });
    host.events().subscribe(
        zoco::kPersonalDataRecords, zoco::Delivery::Broadcast,
        [this](const zoco::Event& event) { _parts.value().recogida.take(event); }, kMostRecords);
    host.events().subscribe(zoco::kPersonalDataKept, zoco::Delivery::Competing,
                            [this](const zoco::Event& event) { noteKept(event); });
    _personalData.emplace(
        host.events(), host.crypto(), usosPropios(*_ajustes),
        [this](const zoco::DataSubject& subject) { return _parts.value().datosPropios.exported(subject); },
        [this](const zoco::DataSubject& subject) { return _parts.value().datosPropios.erased(subject); });
}

/// What a plugin keeps of somebody all the same stands in the audit log.
void UsuariosPlugin::noteKept(const zoco::Event& event)
{
    auto& e = _parts.value().entorno;
    zoco::Group group(e.data);
    std::string whose(event["usuario"].text());
    if (const auto sealed = event["correo"]; whose.empty() && !sealed.isNull())
        if (const auto correo = parseCorreo(e.crypto.open(sealed.text(), zoco::kPersonalDataContext).value()))
            whose = guestName(e.crypto, *correo);
    e.auditoria.add(group, {event.publisher(), "datos-conservados", whose, event["conservado"].text()});
    group.run({}).value();
}

void UsuariosPlugin::start(zoco::Host& host)
{
    _parts.emplace(host, *_ajustes);
    _auth->open(_parts->entorno);
    _personalData->start(_parts->data);
    _parts->limpieza.begin();
}

} // namespace usuarios

ZOCO_PLUGIN(usuarios::UsuariosPlugin, .id = "usuarios", .version = "0.1.0", .provides = {"zoco.auth/1"},
            .needs = {"zoco.data/1"});
