#include "Externos.h"

#include "Apertura.h"
#include "Problemas.h"
#include "Reloj.h"
#include "text/Base64Url.h"
#include "text/Lines.h"
#include "text/SafeText.h"

#include <algorithm>

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Request;
using zoco::Result;

namespace
{

constexpr std::string_view kClase = "externo";
constexpr std::int64_t kSalidaUs = 600'000'000; ///< how long somebody may stay there
constexpr std::size_t kLongestName = 100;

std::string_view nameOf(Proposito purpose)
{
    switch (purpose)
    {
    case Proposito::Entrar:
        return "entrar";
    case Proposito::Enlazar:
        return "enlazar";
    case Proposito::Confirmar:
        break;
    }
    return "confirmar";
}

std::string returnUrl(const Visita& visita, const ProviderClient& provider)
{
    return visita.tienda + "/Usuarios/externo/" + provider.provider().id + "/retorno";
}

} // namespace

bool isOwnPath(std::string_view path) noexcept
{
    return path.size() <= 500 && path.starts_with('/') && !path.starts_with("//") &&
           std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
}

struct Externos::Salida
{
    std::string nonce;
    std::string verifier;
    std::string volver;
    std::string proposito;
    std::string usuario; ///< who was logged in; empty: nobody
    std::int64_t desde = 0;
};

Result<std::string> Externos::empezar(const Request& request, ProviderClient& provider, Proposito purpose,
                                      std::string_view volver) const
{
    const Visita visita(request);
    const auto now = nowUs();
    const auto nonce = base64Url(_e.crypto.random(32));
    const auto verifier = base64Url(_e.crypto.random(32));
    const bool isFresh = purpose != Proposito::Entrar;
    Group group(_e.data);
    const auto state =
        _e.fichas.addCreate(group, kClase, visita.usuario,
                            joinLines({provider.provider().id, nonce, verifier, isOwnPath(volver) ? volver : "/",
                                       nameOf(purpose), request.claim("visitor"), std::to_string(now)}),
                            now + kSalidaUs);
    AuthorizationRequest ask{returnUrl(visita, provider), state, nonce, verifier, visita.idioma, std::nullopt};
    if (isFresh) ask.maxAgeSeconds = 0;
    auto url = provider.authorizationUrl(ask); // first: nothing is noted when the provider is away
    if (!url) return std::move(url.problem());
    if (auto done = group.run(request); !done) return std::move(done.problem());
    return url;
}

/// A state counts once, for the browser and the account that left with it, and for the provider that it was made for.
Result<std::optional<Externos::Salida>> Externos::takeSalida(const Request& request,
                                                             const ProviderClient& provider) const
{
    const auto now = nowUs();
    ZOCO_TRY(const auto ficha, _e.fichas.find(request, request.query("state").value_or(""), now));
    if (!ficha || ficha->clase != kClase) return std::optional<Salida>();
    const auto lines = splitLines(ficha->datos, 7);
    const bool isSameBrowser =
        !lines[5].empty() && zoco::equalInConstantTime(lines[5], std::string(request.claim("visitor")));
    const bool isSameUser = ficha->sujeto == request.claim("sub");
    if (lines[0] != provider.provider().id || !isSameBrowser || !isSameUser) return std::optional<Salida>();
    Group group(_e.data);
    _e.fichas.addSpend(group, ficha->id, now);
    if (auto done = group.run(request); !done)
    {
        if (done.problem().code == ZOCO_E_GUARD) return std::optional<Salida>();
        return std::move(done.problem());
    }
    return std::optional(Salida{lines[1], lines[2], lines[3], lines[4], ficha->sujeto, std::stoll(lines[6])});
}

Result<Retorno> Externos::volver(const Request& request, ProviderClient& provider) const
{
    ZOCO_TRY(const auto left, takeSalida(request, provider));
    if (!left) return Retorno{Retorno::Fin::Caducado, {}, "/"};
    const auto code = request.query("code").value_or("");
    if (code.empty()) return Retorno{Retorno::Fin::Denegado, {}, left->volver};
    const Visita visita(request);
    const bool isFresh = left->proposito != nameOf(Proposito::Entrar);
    const auto identity = provider.redeem({code, returnUrl(visita, provider), left->verifier, left->nonce,
                                           isFresh ? std::optional(left->desde) : std::nullopt});
    if (!identity) return Retorno{Retorno::Fin::NoDisponible, {}, left->volver};
    return left->proposito == nameOf(Proposito::Enlazar) ? enlazar(request, *left, provider, *identity)
                                                         : entrar(request, *left, provider, *identity);
}

/// A new session in place of the one that the browser had.
Retorno Externos::abrir(Group& group, const Visita& visita, std::string_view usuario, std::int64_t authenticated,
                        std::string_view issuer, std::string volver) const
{
    auto opened = addSesion(group, _e, visita, usuario, std::min(nowUs(), authenticated), "oidc", issuer);
    _e.auditoria.add(group, {std::string(usuario), "acceso-externo", std::string(usuario), visita.direccion});
    return {Retorno::Fin::Dentro, std::move(opened.token), std::move(volver)};
}

Result<Retorno> Externos::entrar(const Request& request, const Salida& left, const ProviderClient& provider,
                                 const IdToken& identity) const
{
    const Visita visita(request);
    ZOCO_TRY(const auto known, _e.externos.find(request, provider.provider().issuer, identity.subject));
    const bool isToConfirm = left.proposito == nameOf(Proposito::Confirmar);
    if (!known && !isToConfirm) return darAlta(request, left, provider, identity);
    if (!known || (isToConfirm && known->usuario != left.usuario)) return Retorno{Retorno::Fin::Ajena, {}, left.volver};
    ZOCO_TRY(const auto user, _e.usuarios.byId(request, known->usuario));
    if (!user || !user->isActivo) return Retorno{Retorno::Fin::Inactiva, {}, left.volver};
    Group group(_e.data);
    _e.externos.addUse(group, known->id, nowUs());
    auto out = abrir(group, visita, user->id, identity.authenticated, provider.provider().issuer, left.volver);
    if (auto done = _e.cierre.run(group, request, visita.usuario); !done) return std::move(done.problem());
    return out;
}

/// An account for who has none. Not for an address that somebody else has an account with: that it is theirs there does
/// not make it theirs here.
Result<Retorno> Externos::darAlta(const Request& request, const Salida& left, const ProviderClient& provider,
                                  const IdToken& identity) const
{
    const Visita visita(request);
    const auto correo = parseCorreo(identity.mail);
    const bool isVouchedFor = provider.provider().isMailTrusted && identity.isMailVerified && correo.ok();
    if (!isVouchedFor) return Retorno{Retorno::Fin::SinCorreo, {}, left.volver};
    ZOCO_TRY(const auto other, _e.usuarios.byCorreo(request, *correo));
    if (other) return Retorno{Retorno::Fin::CuentaExistente, {}, left.volver};
    const auto now = nowUs();
    const bool isNameGood = !identity.name.empty() && faultOfText(identity.name, kLongestName).empty();
    const auto id = _e.usuarios.newId();
    Group group(_e.data);
    _e.usuarios.addCreate(group, id,
                          {correo->texto, _e.usuarios.indexOf(*correo), isNameGood ? identity.name : correo->texto,
                           std::nullopt, "cliente", visita.idioma},
                          now);
    _e.externos.addCreate(group, id, provider.provider().id, provider.provider().issuer, identity.subject,
                          correo->texto, now);
    _e.auditoria.add(group, {id, "cuenta-creada", id, provider.provider().id});
    auto out = abrir(group, visita, id, identity.authenticated, provider.provider().issuer, left.volver);
    if (auto done = _e.cierre.run(group, request, visita.usuario); !done)
    {
        if (done.problem().code != ZOCO_E_DUPLICATE) return std::move(done.problem());
        return Retorno{Retorno::Fin::CuentaExistente, {}, left.volver}; // somebody was quicker
    }
    return out;
}

Result<Retorno> Externos::enlazar(const Request& request, const Salida& left, const ProviderClient& provider,
                                  const IdToken& identity) const
{
    ZOCO_TRY(const auto known, _e.externos.find(request, provider.provider().issuer, identity.subject));
    if (known)
        return Retorno{known->usuario == left.usuario ? Retorno::Fin::Enlazado : Retorno::Fin::Ajena, {}, left.volver};
    ZOCO_TRY(const auto user, _e.usuarios.byId(request, left.usuario));
    if (!user || !user->isActivo) return Retorno{Retorno::Fin::Inactiva, {}, left.volver};
    Group group(_e.data);
    _e.externos.addCreate(group, user->id, provider.provider().id, provider.provider().issuer, identity.subject,
                          identity.mail, nowUs());
    _e.cartero.add(group, "externo-si", user->idioma, user->correo,
                   {{"proveedor", provider.provider().name}, {"enlace", Visita(request).tienda + "/cuenta"}});
    _e.auditoria.add(group, {user->id, "identidad-enlazada", user->id, provider.provider().id});
    if (auto done = group.run(request); !done)
    {
        if (done.problem().code != ZOCO_E_DUPLICATE) return std::move(done.problem());
        return Retorno{Retorno::Fin::Ajena, {}, left.volver};
    }
    return Retorno{Retorno::Fin::Enlazado, {}, left.volver};
}

Result<void> Externos::quitar(const CallContext& context, const Visita& visita, std::string_view id) const
{
    ZOCO_TRY(const auto list, _e.externos.of(context, visita.usuario));
    const auto found = std::find_if(list.begin(), list.end(), [&](const Externo& e) { return e.id == id; });
    if (found == list.end()) return problema::noEncontrado();
    ZOCO_TRY(const auto user, _e.usuarios.byId(context, visita.usuario));
    if (!user) return problema::noEncontrado();
    const auto* provider = _providers.find(found->proveedor);
    Group group(_e.data);
    _e.externos.addRemove(group, id, visita.usuario);
    _e.cartero.add(group, "externo-no", user->idioma, user->correo,
                   {{"proveedor", provider == nullptr ? std::string_view(found->proveedor) : provider->provider().name},
                    {"enlace", visita.tienda + "/olvido"}});
    _e.auditoria.add(group, {visita.usuario, "identidad-quitada", visita.usuario, found->proveedor});
    if (auto done = group.run(context); !done)
        return done.problem().code == ZOCO_E_GUARD ? problema::ultimoAcceso() : std::move(done.problem());
    return {};
}

} // namespace usuarios
