#include "Apertura.h"

#include "Reloj.h"
#include "cifra/Huella.h"
#include "text/Base64Url.h"

#include <algorithm>

namespace usuarios
{

Apertura addSesion(zoco::Group& group, const Entorno& e, const Visita& visita, std::string_view usuario,
                   std::int64_t begun, std::string_view methods, std::string_view issuer)
{
    const auto now = nowUs();
    Apertura out{base64Url(e.crypto.random(32)), {}};
    out.sesion = {base64Url(e.crypto.random(16)), sha256(out.token),    std::string(usuario), begun,           0,
                  now + e.ajustes.sesionMaxima,   std::string(methods), visita.agente,        visita.direccion};
    out.sesion.emisor = issuer.substr(0, 255);
    out.sesion.caduca = std::min(out.sesion.limite, now + e.ajustes.sesionInactiva);
    e.sesiones.addCreate(group, out.sesion);
    e.conservacion.addUse(group, usuario, now);
    if (!visita.sesion.empty()) e.cierre.addReplace(group, visita.usuario, visita.sesion);
    return out;
}

} // namespace usuarios
