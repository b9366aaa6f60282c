#include "Contrato.h"

#include "Tienda.h"
#include "support/RawClient.h"

#include <algorithm>
#include <rapidjson/document.h>
#include <rapidjson/pointer.h>
#include <stdexcept>

namespace zoco::test
{

namespace
{

std::string textOf(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string typeOf(const rapidjson::Value& schema)
{
    if (schema.HasMember("enum")) return "enum";
    if (!schema.HasMember("type")) return {};
    const auto& type = schema["type"];
    return textOf(type.IsArray() ? type[0] : type);
}

std::vector<Campo> fieldsOf(const rapidjson::Value& schema)
{
    std::vector<Campo> out;
    for (const auto& property : schema["properties"].GetObject())
        out.push_back({textOf(property.name), typeOf(property.value), false});
    if (schema.HasMember("required"))
        for (const auto& name : schema["required"].GetArray())
            for (auto& field : out) field.isRequired = field.isRequired || field.nombre == textOf(name);
    return out;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

} // namespace

std::vector<Operacion> operacionesDe(const HostProcess& host, const std::string& below)
{
    rapidjson::Document document;
    document.Parse(RawClient(host.port()).request("GET", "/openapi.json").body.c_str());
    static const rapidjson::Pointer kSchema("/requestBody/content/application~1json/schema");
    std::vector<Operacion> out;
    for (const auto& path : document["paths"].GetObject())
        for (const auto& method : path.value.GetObject())
        {
            const auto* schema = method.value.IsObject() ? kSchema.Get(method.value) : nullptr;
            if (schema == nullptr || !schema->HasMember("properties") || textOf(path.name).find(below) != 0) continue;
            auto name = textOf(method.name);
            std::transform(name.begin(), name.end(), name.begin(), [](char c) { return static_cast<char>(c & ~32); });
            out.push_back({name, textOf(path.name), fieldsOf(*schema)});
        }
    return out;
}

std::string buenValor(const std::string& campo)
{
    static const std::map<std::string, std::string> kValores = {
        {"correo", quoted("nueva.persona@ejemplo.es")},
        {"clave", quoted(Tienda::kClave)},
        {"claveActual", quoted(Tienda::kClave)},
        {"nombre", quoted("Ana Lopez")},
        {"idioma", quoted("es")},
        {"ficha", quoted(std::string(43, 'a'))},
        {"codigo", quoted("123456")},
        {"version", quoted("version 1")},
        {"condiciones", quoted("version 1")},
        {"privacidad", quoted("version 1")},
        {"novedades", quoted("version 1")},
        {"otorgado", "true"},
        {"linea1", quoted("Calle Mayor 1")},
        {"linea2", quoted("Puerta A")},
        {"cp", quoted("28013")},
        {"ciudad", quoted("Madrid")},
        {"provincia", quoted("Madrid")},
        {"pais", quoted("ES")},
        {"telefono", quoted("600123456")},
        {"nif", quoted("12345678Z")},
        {"volver", quoted("/cuenta")},
        {"accion", quoted("exportar")},
        {"producto", quoted("queso")},
        {"cantidad", "1"},
        {"envio", quoted("estandar")},
        {"direccion",
         R"({"nombre":"Ana","linea1":"Calle Mayor 1","cp":"28013","ciudad":"Madrid","provincia":"Madrid","pais":"ES"})"},
        {"total", "null"},
        {"motivo", quoted("ya no hace falta")},
        {"pedido", quoted("pedido")},
        {"medio", quoted("simulador")},
        {"acceso", quoted(std::string(43, 'a'))},
        {"tarjeta", quoted("4548810000000003")},
        {"caducidad", quoted("12/49")},
        {"cvv", quoted("123")},
        {"importe", "1"},
    };
    const auto found = kValores.find(campo);
    if (found == kValores.end()) throw std::runtime_error("there is no good value for the member " + campo);
    return found->second;
}

std::string cuerpo(const Operacion& operation, const std::map<std::string, std::optional<std::string>>& instead)
{
    std::string out = "{";
    for (const auto& field : operation.campos)
    {
        const auto other = instead.find(field.nombre);
        if (other != instead.end() && !other->second) continue;
        if (out.size() > 1) out += ',';
        out += quoted(field.nombre) + ':' + (other == instead.end() ? buenValor(field.nombre) : *other->second);
    }
    return out + '}';
}

std::string camino(const std::string& pattern, const std::map<std::string, std::string>& values)
{
    std::string out;
    for (std::size_t at = 0; at < pattern.size(); ++at)
    {
        if (pattern[at] != '{')
        {
            out += pattern[at];
            continue;
        }
        const auto end = pattern.find('}', at);
        const auto found = values.find(pattern.substr(at + 1, end - at - 1));
        out += found == values.end() ? "x" : found->second;
        at = end;
    }
    return out;
}

} // namespace zoco::test
