#include "UsuariosRoutes.h"

#include <string>
#include <utility>

namespace usuarios
{

namespace
{

using zoco::Reply;
using zoco::Request;
using zoco::RouteOptions;

constexpr std::uint64_t kBodyLimit = 16 * 1024;
constexpr std::uint32_t kTimeoutMs = 30'000; ///< of those that wait for the password lane
constexpr std::uint32_t kMailsCount = 60;    ///< requests for mails that one client may make in a minute
constexpr std::uint32_t kMinuteMs = 60'000;

/// Adds routes, each with the OpenAPI fragment of its name.
class Adder
{
public:
    Adder(zoco::Http& http, zoco::Log log, std::function<Destinos()> to) : _http(http), _log(log), _to(std::move(to)) {}

    using Steps = Paso (UsuariosHandlers::*)(const Request&) const;

    /// A handler that answers at once.
    template <class Handlers>
    void add(const char* method, const char* pattern, const char* name, RouteOptions options,
             Reply (Handlers::*call)(const Request&) const)
    {
        described(name, options,
                  [&](const RouteOptions& o)
                  {
                      _http.route(method, pattern, o,
                                  [to = _to, call](const Request& r)
                                  { return (to().template of<Handlers>().*call)(r); });
                  });
    }
    void add(const char* method, const char* pattern, const char* name, RouteOptions options, Steps call)
    {
        options.timeoutMs = kTimeoutMs;
        described(name, options, [&](const RouteOptions& o) { _http.deferred(method, pattern, o, stepped(call)); });
    }
    /// One that answers later.
    template <class Handlers>
    void add(const char* method, const char* pattern, const char* name, RouteOptions options,
             void (Handlers::*call)(const Request&, zoco::Responder) const)
    {
        const auto handler = [to = _to, call](const Request& r, zoco::Responder responder)
        { (to().template of<Handlers>().*call)(r, std::move(responder)); };
        described(name, options, [&](const RouteOptions& o) { _http.deferred(method, pattern, o, handler); });
    }

private:
    zoco::DeferredHandler stepped(Steps call) const
    {
        return [to = _to, log = _log, call](const Request& request, zoco::Responder responder)
        {
            const auto where = to();
            runSteps(
                request, std::move(responder), [&](const Request& r) { return (where.usuarios.*call)(r); },
                where.claves, log);
        };
    }

    template <class Register>
    static void described(const char* name, RouteOptions options, Register&& add)
    {
        const std::string text(
            zoco::embeddedFile("openapi-" + std::string(name) + ".json").value_or("{}")); // 0-terminated
        options.openapi = text.c_str();
        add(options);
    }

    zoco::Http& _http;
    zoco::Log _log;
    std::function<Destinos()> _to;
};

} // namespace

void addRoutes(zoco::Http& http, zoco::Log log, std::function<Destinos()> to)
{
    using U = UsuariosHandlers;
    using P = PerfilHandlers;
    using E = ExternosHandlers;
    using D = PrivacidadHandlers;
    Adder routes(http, log, std::move(to));
    const RouteOptions open{.auth = zoco::Auth::Public, .bodyLimit = kBodyLimit};
    const RouteOptions mails{
        .auth = zoco::Auth::Public, .bodyLimit = kBodyLimit, .rateCount = kMailsCount, .rateWindowMs = kMinuteMs};
    const RouteOptions user{.auth = zoco::Auth::User, .bodyLimit = kBodyLimit};
    const RouteOptions read{.auth = zoco::Auth::User};

    routes.add("POST", "/Usuarios", "registrar", mails, &U::registrar);
    routes.add("POST", "/Usuarios/verificacion", "verificar", mails, &U::verificar);
    routes.add("POST", "/Usuarios/clave/olvido", "olvido", mails, &U::olvido);
    routes.add("POST", "/Usuarios/clave/nueva", "nueva-clave", mails, &U::nuevaClave);
    routes.add("POST", "/Usuarios/sesion", "entrar", open, &U::entrar);
    routes.add("DELETE", "/Usuarios/sesion", "salir", read, &U::salir);

    routes.add("GET", "/Usuarios/yo", "yo", read, &U::yo);
    routes.add("PATCH", "/Usuarios/yo", "cambiar", user, &U::cambiar);
    routes.add("DELETE", "/Usuarios/yo", "borrar", read, &U::borrar);
    routes.add("POST", "/Usuarios/yo/clave", "cambiar-clave", user, &U::cambiarClave);
    routes.add("POST", "/Usuarios/yo/correo", "cambiar-correo", user, &U::pedirCorreo);
    routes.add("GET", "/Usuarios/yo/sesiones", "sesiones", read, &U::sesiones);
    routes.add("DELETE", "/Usuarios/yo/sesiones", "terminar-otras", read, &U::terminarOtras);
    routes.add("DELETE", "/Usuarios/yo/sesiones/{id}", "terminar", read, &U::terminar);

    routes.add("GET", "/Usuarios/yo/direcciones", "direcciones", read, &P::direcciones);
    routes.add("POST", "/Usuarios/yo/direcciones", "crear-direccion", user, &P::crearDireccion);
    routes.add("GET", "/Usuarios/yo/direcciones/{id}", "direccion", read, &P::direccion);
    routes.add("PUT", "/Usuarios/yo/direcciones/{id}", "cambiar-direccion", user, &P::cambiarDireccion);
    routes.add("DELETE", "/Usuarios/yo/direcciones/{id}", "borrar-direccion", read, &P::borrarDireccion);
    routes.add("GET", "/Usuarios/yo/consentimientos", "consentimientos", read, &P::consentimientos);
    routes.add("PUT", "/Usuarios/yo/consentimientos/{asunto}", "consentir", user, &P::consentir);

    routes.add("GET", "/Usuarios/yo/segundo-factor", "factor", read, &P::factor);
    routes.add("POST", "/Usuarios/yo/segundo-factor", "preparar-factor", user, &P::prepararFactor);
    routes.add("POST", "/Usuarios/yo/segundo-factor/activacion", "activar-factor", user, &P::activarFactor);
    routes.add("DELETE", "/Usuarios/yo/segundo-factor", "desactivar-factor", read, &P::desactivarFactor);
    routes.add("POST", "/Usuarios/yo/segundo-factor/codigos", "renovar-codigos", user, &P::renovarCodigos);

    const RouteOptions leaving{.auth = zoco::Auth::Visitor, .rateCount = kMailsCount, .rateWindowMs = kMinuteMs};
    const RouteOptions leavingAs{
        .auth = zoco::Auth::Visitor, .bodyLimit = kBodyLimit, .rateCount = kMailsCount, .rateWindowMs = kMinuteMs};
    routes.add("GET", "/Usuarios/externos", "proveedores", {.auth = zoco::Auth::Public}, &E::proveedores);
    routes.add("GET", "/Usuarios/externo/{proveedor}", "entrar-externo", leaving, &E::entrar);
    routes.add("GET", "/Usuarios/externo/{proveedor}/retorno", "retorno-externo", leaving, &E::retorno);
    routes.add("GET", "/Usuarios/yo/externos", "externos", read, &E::lista);
    routes.add("POST", "/Usuarios/yo/externos/{proveedor}", "enlazar-externo", leavingAs, &E::enlazar);
    routes.add("POST", "/Usuarios/yo/externos/{proveedor}/confirmacion", "confirmar-externo", leavingAs, &E::confirmar);
    routes.add("DELETE", "/Usuarios/yo/externos/{id}", "quitar-externo", read, &E::quitar);

    routes.add("GET", "/Usuarios/tratamientos", "tratamientos", {.auth = zoco::Auth::Public}, &D::tratamientos);
    routes.add("GET", "/Usuarios/yo/datos", "datos", read, &D::datos);
    routes.add("POST", "/Usuarios/datos", "pedir-datos", mails, &D::pedir);
    routes.add("POST", "/Usuarios/datos/descarga", "descargar-datos", mails, &D::descargar);
    routes.add("POST", "/Usuarios/datos/borrado", "borrar-datos", mails, &D::borrar);
}

} // namespace usuarios
