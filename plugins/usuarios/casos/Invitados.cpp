#include "Invitados.h"

#include "Problemas.h"
#include "Registro.h"
#include "Reloj.h"
#include "text/Base64Url.h"
#include "text/Lines.h"
#include "zoco/PersonalData.h"

namespace usuarios
{

using zoco::CallContext;
using zoco::Group;
using zoco::Result;

namespace
{

struct Palabras
{
    std::string_view clase;  ///< of the token
    std::string_view correo; ///< name of the mail
    std::string_view pagina; ///< with the parameter that the token follows
    std::string_view accion; ///< in the audit log
};

Palabras wordsOf(Deseo deseo)
{
    if (deseo == Deseo::Borrar)
        return {clase::kDatosBorrar, "datos-borrar", "/datos?accion=borrar&ficha=", "borrado-pedido"};
    return {clase::kDatosVer, "datos-exportar", "/datos?accion=exportar&ficha=", "datos-pedidos"};
}

} // namespace

std::string guestName(const zoco::Crypto& crypto, const Correo& correo)
{
    return "invitado " + base64Url(crypto.blindIndex("usuarios_usuarios.correo", correo.clave));
}

void Invitados::pedir(const CallContext& context, const Visita& visita, const Correo& correo, Deseo deseo,
                      std::string_view idioma) const
{
    const auto now = nowUs();
    const auto wait = _e.intentos.take(context, {Contadores(_e.ajustes).buzon(correo)}, now).value();
    if (wait) return;
    const auto user = _e.usuarios.byCorreo(context, correo).value();
    const auto words = wordsOf(deseo);
    const auto minutes = std::to_string(_e.ajustes.fichaDatos / kMinuteUs);
    Group group(_e.data);
    if (user)
        _e.cartero.add(group, "datos-cuenta", user->idioma, user->correo, {{"enlace", visita.tienda + "/cuenta"}});
    else
    {
        const auto token =
            _e.fichas.addCreate(group, words.clase, "", joinLines({correo.texto, idioma}), now + _e.ajustes.fichaDatos);
        _e.cartero.add(group, words.correo, idioma, correo.texto,
                       {{"enlace", visita.tienda + std::string(words.pagina) + token}, {"minutos", minutes}});
    }
    _e.auditoria.add(group,
                     {"visitante", words.accion, user ? user->id : guestName(_e.crypto, correo), visita.direccion});
    group.run(context).value();
}

Result<Invitados::Hallado> Invitados::find(const CallContext& context, std::string_view token,
                                           std::string_view clase) const
{
    ZOCO_TRY(auto ficha, _e.fichas.find(context, token, nowUs()));
    if (!ficha || ficha->clase != clase) return problema::fichaCaducada();
    ZOCO_TRY(auto correo, parseCorreo(splitLines(ficha->datos, 2)[0]));
    ZOCO_TRY(const auto user, _e.usuarios.byCorreo(context, correo));
    if (user) return problema::fichaCaducada(); // it has an account by now
    return Hallado{std::move(*ficha), std::move(correo)};
}

Result<Correo> Invitados::ver(const CallContext& context, const Visita& visita, std::string_view token) const
{
    ZOCO_TRY(auto found, find(context, token, clase::kDatosVer));
    Group group(_e.data);
    _e.fichas.addSpend(group, found.ficha.id, nowUs());
    const auto guest = guestName(_e.crypto, found.correo);
    _e.auditoria.add(group, {"visitante", "datos-descargados", guest, visita.direccion});
    if (auto done = group.run(context); !done) return problema::fichaCaducadaUnless(std::move(done.problem()));
    return std::move(found.correo);
}

Result<void> Invitados::borrar(const CallContext& context, const Visita& visita, std::string_view token) const
{
    ZOCO_TRY(const auto found, find(context, token, clase::kDatosBorrar));
    Group group(_e.data);
    _e.fichas.addSpend(group, found.ficha.id, nowUs());
    const auto correo = group.keep(_e.crypto.seal(found.correo.texto, zoco::kPersonalDataContext));
    zoco::Outbox(_e.data, _e.crypto)
        .add(group, zoco::kPersonalDataErase, {{"usuario", ""}, {"correo", zoco::Value::blob(correo)}});
    const auto guest = guestName(_e.crypto, found.correo);
    _e.auditoria.add(group, {"visitante", "datos-borrados", guest, visita.direccion});
    _e.cartero.add(group, "datos-borrados", splitLines(found.ficha.datos, 2)[1], found.correo.texto, {});
    if (auto done = group.run(context); !done) return problema::fichaCaducadaUnless(std::move(done.problem()));
    return {};
}

} // namespace usuarios
