#include "Privacidad.h"

#include "Reloj.h"
#include "http/Vista.h"
#include "privacidad/Csv.h"
#include "privacidad/Paquete.h"
#include "zoco/Json.h"

namespace usuarios
{

namespace
{

std::string linksJson(const std::vector<Externo>& links)
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    for (const auto& link : links)
        json.beginObject()
            .member("proveedor", link.proveedor)
            .member("correo", link.correo)
            .member("creado", rfc3339(link.creado))
            .member("usado", rfc3339(link.usado))
            .endObject();
    json.endArray();
    return out;
}

std::string sessionRows(const std::vector<SesionVista>& sessions)
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    for (const auto& s : sessions)
        json.beginObject()
            .member("creada", rfc3339(s.creada))
            .member("usada", rfc3339(s.usada))
            .member("agente", s.agente)
            .member("direccion", s.direccion)
            .endObject();
    json.endArray();
    return out;
}

std::string addressRows(const std::vector<DireccionGuardada>& addresses)
{
    std::string out = "[";
    for (const auto& address : addresses)
    {
        if (out.size() > 1) out += ',';
        out += addressJson(address);
    }
    return out + ']';
}

std::string consentRows(const std::vector<Consentimiento>& consents)
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    for (const auto& c : consents)
        json.beginObject()
            .member("asunto", c.asunto)
            .member("version", c.version)
            .member("otorgado", c.isOtorgado)
            .member("momento", rfc3339(c.momento))
            .endObject();
    json.endArray();
    return out;
}

} // namespace

std::vector<zoco::PersonalRecords> DatosPropios::exported(const zoco::DataSubject& subject) const
{
    if (subject.usuario.empty()) return {};
    const zoco::CallContext context;
    const auto user = _e.usuarios.byId(context, subject.usuario).value();
    if (!user) return {};
    return {{"cuenta", '[' + accountJson(*user) + ']'},
            {"direcciones", addressRows(_e.perfil.direcciones(context, user->id).value())},
            {"sesiones", sessionRows(_e.sesiones.of(context, user->id, nowUs()).value())},
            {"consentimientos", consentRows(_e.perfil.consentimientos(context, user->id).value())},
            {"identidades", linksJson(_e.externos.of(context, user->id).value())}};
}

std::string DatosPropios::erased(const zoco::DataSubject&) const
{
    return "El registro de auditoría, cifrado, hasta que prescriben las acciones posibles.";
}

std::string archiveOf(const Recogido& gathered, std::string_view idioma, std::int64_t now)
{
    std::string index;
    zoco::JsonWriter json(index);
    json.beginObject()
        .member("generado", rfc3339(now))
        .member("completo", gathered.silent.empty() && !gathered.isTooLarge);
    json.key("tratamientos").beginArray();
    for (const auto& t : gathered.tratamientos)
        json.beginObject()
            .member("extension", t.extension)
            .member("contesto", !gathered.silent.contains(t.extension))
            .key("usos")
            .raw(t.readIn(idioma))
            .endObject();
    json.endArray().endObject();
    std::vector<std::pair<std::string, std::string>> files = {{"indice.json", std::move(index)}};
    for (const auto& part : gathered.parts)
    {
        files.emplace_back(part.extension + '/' + part.name + ".json", part.json);
        files.emplace_back(part.extension + '/' + part.name + ".csv", csvOf(part.json));
    }
    return zipOf(files);
}

} // namespace usuarios
