#include "Atributos.h"

#include "zoco/Json.h"

#include <algorithm>
#include <rapidjson/document.h>

namespace catalogo
{

std::string toJson(const std::vector<Atributo>& atributos)
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    for (const auto& a : atributos) json.beginObject().member("nombre", a.nombre).member("valor", a.valor).endObject();
    json.endArray();
    return out;
}

std::vector<Atributo> atributosFromJson(std::string_view text)
{
    std::vector<Atributo> out;
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(text.data(), text.size());
    if (document.HasParseError() || !document.IsArray()) return out;
    for (const auto& item : document.GetArray())
    {
        if (!item.IsObject()) continue;
        const auto nombre = item.FindMember("nombre");
        const auto valor = item.FindMember("valor");
        if (nombre == item.MemberEnd() || valor == item.MemberEnd()) continue;
        if (!nombre->value.IsString() || !valor->value.IsString()) continue;
        out.push_back({{nombre->value.GetString(), nombre->value.GetStringLength()},
                       {valor->value.GetString(), valor->value.GetStringLength()}});
    }
    return out;
}

std::string joinImagenes(const std::vector<std::string>& imagenes)
{
    std::string out;
    for (const auto& name : imagenes)
    {
        if (!out.empty()) out += ' ';
        out += name;
    }
    return out;
}

std::vector<std::string> splitImagenes(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty())
    {
        const auto end = std::min(text.find(' '), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

} // namespace catalogo
