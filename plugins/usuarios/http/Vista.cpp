#include "Vista.h"

#include "Reloj.h"
#include "model/Rol.h"
#include "zoco/Json.h"

namespace usuarios
{

namespace
{

using zoco::JsonWriter;

void optional(JsonWriter& json, std::string_view name, const std::optional<std::string>& value)
{
    json.key(name);
    if (value)
        json.value(*value);
    else
        json.value(nullptr);
}

void roles(JsonWriter& json, const Usuario& user)
{
    json.key("roles").beginArray();
    for (const auto role : kRoles)
        if (hasRol(user.roles, role)) json.value(role);
    json.endArray();
}

void write(JsonWriter& json, const DireccionGuardada& a)
{
    const auto& d = a.direccion;
    json.beginObject().member("id", a.id).member("nombre", d.nombre).member("linea1", d.linea1);
    optional(json, "linea2", d.linea2);
    json.member("cp", d.cp).member("ciudad", d.ciudad).member("provincia", d.provincia).member("pais", d.pais);
    optional(json, "telefono", d.telefono);
    json.endObject();
}

} // namespace

std::string accountJson(const Usuario& user)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("id", user.id).member("correo", user.correo).member("nombre", user.nombre);
    roles(json, user);
    json.member("idioma", user.idioma);
    optional(json, "telefono", user.telefono);
    optional(json, "nif", user.nif);
    json.member("tiene_clave", user.clave.has_value());
    json.member("segundo_factor", user.hasSegundoFactor()).member("creado", rfc3339(user.creado)).endObject();
    return out;
}

std::string sessionJson(std::string_view token, const NuevaSesion& session, const Usuario& user)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("ficha", token).member("caduca", rfc3339(session.caduca)).key("usuario").beginObject();
    json.member("id", user.id).member("correo", user.correo).member("nombre", user.nombre);
    roles(json, user);
    json.endObject().endObject();
    return out;
}

std::string sessionsJson(const std::vector<SesionVista>& sessions, std::string_view own)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("sesiones").beginArray();
    for (const auto& s : sessions)
        json.beginObject()
            .member("id", s.id)
            .member("creada", rfc3339(s.creada))
            .member("usada", rfc3339(s.usada))
            .member("caduca", rfc3339(s.caduca))
            .member("agente", s.agente)
            .member("direccion", s.direccion)
            .member("actual", s.id == own)
            .endObject();
    json.endArray().endObject();
    return out;
}

std::string addressJson(const DireccionGuardada& address)
{
    std::string out;
    JsonWriter json(out);
    write(json, address);
    return out;
}

std::string addressesJson(const std::vector<DireccionGuardada>& addresses)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("direcciones").beginArray();
    for (const auto& a : addresses) write(json, a);
    json.endArray().endObject();
    return out;
}

std::string consentsJson(const std::vector<Consentimiento>& consents)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("consentimientos").beginArray();
    for (const auto& c : consents)
        json.beginObject()
            .member("asunto", c.asunto)
            .member("version", c.version)
            .member("otorgado", c.isOtorgado)
            .member("momento", rfc3339(c.momento))
            .endObject();
    json.endArray().endObject();
    return out;
}

} // namespace usuarios
