#include "Factor.h"

#include "Acceso.h"
#include "Problemas.h"
#include "Reloj.h"
#include "cifra/Totp.h"
#include "http/Body.h"
#include "text/Base64Url.h"
#include "text/Fecha.h"

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Result;

namespace
{

constexpr std::size_t kSecretBytes = 20; ///< as long as the digest
constexpr std::size_t kCodeBytes = 15;   ///< 120 bits: a plain hash keeps them safe
constexpr int kCodes = 10;

zoco::Problem alreadyOn() { return {409, "segundo-factor-activo", "The second factor is on already", "", {}}; }
zoco::Problem notOn() { return {409, "segundo-factor-inactivo", "The second factor is not on", "", {}}; }

/// ABCDEF-GHIJKL-…: easier to copy.
std::string grouped(std::string_view code)
{
    constexpr std::size_t kGroup = 6;
    std::string out;
    for (std::size_t i = 0; i < code.size(); ++i)
    {
        if (i > 0 && i % kGroup == 0) out += '-';
        out += code[i];
    }
    return out;
}

} // namespace

Result<Usuario> Factor::user(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(auto found, _e.usuarios.byId(context, visita.usuario));
    if (!found) return problema::noEncontrado();
    return std::move(*found);
}

Result<FactorEstado> Factor::estado(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(const auto account, user(context, visita));
    ZOCO_TRY(const auto left, _e.perfil.codesLeft(context, account.id));
    return FactorEstado{account.hasSegundoFactor(), left};
}

Result<FactorPreparado> Factor::preparar(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(const auto account, user(context, visita));
    if (account.hasSegundoFactor()) return alreadyOn();
    const auto secret = _e.crypto.random(kSecretBytes);
    Group group(_e.data);
    _e.usuarios.addTotp(group, account.id, secret, 0, 0);
    if (auto done = group.run(context); !done) return std::move(done.problem());
    auto uri = totpUri(secret, _e.ajustes.tienda, account.correo);
    auto qr = qrSvg(uri);
    return FactorPreparado{base32(secret), std::move(uri), std::move(qr)};
}

Factor::Codes Factor::addCodes(Group& group, const std::string& id) const
{
    _e.perfil.addRemoveCodes(group, id);
    Codes out;
    for (int i = 0; i < kCodes; ++i)
    {
        const auto code = base32(_e.crypto.random(kCodeBytes));
        _e.perfil.addCode(group, id, hashOfRecoveryCode(code));
        out.push_back(grouped(code));
    }
    return out;
}

Result<Factor::Codes> Factor::activar(const CallContext& context, const Visita& visita, std::string_view code) const
{
    ZOCO_TRY(const auto account, user(context, visita));
    if (account.hasSegundoFactor()) return alreadyOn();
    const auto now = nowUs();
    ZOCO_TRY(const auto wait, _e.intentos.take(context, {Contadores(_e.ajustes).codigo(account.id)}, now));
    if (wait) return problema::demasiadosIntentos(*wait);
    const auto step = account.totp ? matchTotp(*account.totp, code, now, account.totpPaso) : std::nullopt;
    if (!step) return invalidData("/codigo", "is not the code of this moment");
    Group group(_e.data);
    _e.usuarios.addTotp(group, account.id, account.totp, now, *step);
    auto codes = addCodes(group, account.id);
    _e.intentos.addForget(group, Contadores(_e.ajustes).codigo(account.id).clave);
    _e.cierre.addEndOthers(group, account.id, visita.sesion);
    _e.auditoria.add(group, {account.id, "segundo-factor-activado", account.id, ""});
    _e.cartero.add(group, "segundo-factor-si", account.idioma, account.correo,
                   {{"fecha", readableTime(now, account.idioma)}, {"enlace", visita.tienda + "/olvido"}});
    if (auto done = _e.cierre.run(group, context, account.id); !done) return std::move(done.problem());
    return codes;
}

Result<void> Factor::desactivar(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(const auto account, user(context, visita));
    if (!account.hasSegundoFactor()) return notOn();
    Group group(_e.data);
    _e.usuarios.addTotp(group, account.id, std::nullopt, 0, 0);
    _e.perfil.addRemoveCodes(group, account.id);
    _e.cierre.addEndOthers(group, account.id, visita.sesion);
    _e.auditoria.add(group, {account.id, "segundo-factor-desactivado", account.id, ""});
    _e.cartero.add(group, "segundo-factor-no", account.idioma, account.correo,
                   {{"fecha", readableTime(nowUs(), account.idioma)}, {"enlace", visita.tienda + "/olvido"}});
    if (auto done = _e.cierre.run(group, context, account.id); !done) return std::move(done.problem());
    return {};
}

Result<Factor::Codes> Factor::renovar(const CallContext& context, const Visita& visita) const
{
    ZOCO_TRY(const auto account, user(context, visita));
    if (!account.hasSegundoFactor()) return notOn();
    Group group(_e.data);
    auto codes = addCodes(group, account.id);
    _e.auditoria.add(group, {account.id, "codigos-renovados", account.id, ""});
    if (auto done = group.run(context); !done) return std::move(done.problem());
    return codes;
}

} // namespace usuarios
