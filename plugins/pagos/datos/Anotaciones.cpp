#include "Anotaciones.h"

#include "zoco/Json.h"

#include <rapidjson/document.h>

#include <array>
#include <utility>

namespace pagos
{

namespace
{

constexpr std::array<std::pair<const char*, std::string Prueba::*>, 6> kPrueba{
    {{"segura", &Prueba::segura},
     {"eci", &Prueba::eci},
     {"transaccion", &Prueba::transaccion},
     {"transaccion_ds", &Prueba::transaccionDs},
     {"resultado", &Prueba::resultado},
     {"autorizacion", &Prueba::autorizacion}}};

std::string textOf(const rapidjson::Value& object, const char* name)
{
    const auto found = object.FindMember(name);
    return found != object.MemberEnd() && found->value.IsString() ? found->value.GetString() : std::string();
}

} // namespace

std::string Anotacion::toJson() const
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject();
    const auto add = [&](const char* name, const std::string& value)
    {
        if (!value.empty()) writer.member(name, value);
    };
    add("base", base);
    add("captura", captura);
    add("codigo", codigo);
    add("consejo", consejo);
    for (const auto& [name, member] : kPrueba) add(name, prueba.*member);
    if (identidad)
        writer.key("identidad")
            .beginObject()
            .member("emisor", identidad->emisor)
            .member("sujeto", identidad->sujeto)
            .member("autenticado", identidad->autenticado)
            .member("metodos", identidad->metodos)
            .endObject();
    writer.endObject();
    return out;
}

Anotacion Anotacion::read(std::string_view json)
{
    Anotacion out;
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return out;
    out.base = textOf(document, "base");
    out.captura = textOf(document, "captura");
    out.codigo = textOf(document, "codigo");
    out.consejo = textOf(document, "consejo");
    for (const auto& [name, member] : kPrueba) out.prueba.*member = textOf(document, name);
    const auto who = document.FindMember("identidad");
    if (who == document.MemberEnd() || !who->value.IsObject()) return out;
    const auto when = who->value.FindMember("autenticado");
    const bool isTime = when != who->value.MemberEnd() && when->value.IsInt64();
    out.identidad = Identidad{textOf(who->value, "emisor"), textOf(who->value, "sujeto"),
                              isTime ? when->value.GetInt64() : 0, textOf(who->value, "metodos")};
    return out;
}

} // namespace pagos
