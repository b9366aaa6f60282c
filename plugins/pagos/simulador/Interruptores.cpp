#include "Interruptores.h"

#include "zoco/Json.h"

#include <rapidjson/document.h>

#include <array>
#include <set>

namespace pagos
{

namespace
{

struct Campo
{
    const char* name;
    std::int64_t Interruptores::*value;
    std::int64_t most;
};

constexpr std::int64_t kMostMs = 60'000;
constexpr std::int64_t kMostTimes = 1'000;

constexpr std::array<Campo, 7> kCampos{{{"demora_ms", &Interruptores::demoraMs, kMostMs},
                                        {"respuestas_perdidas", &Interruptores::respuestasPerdidas, kMostTimes},
                                        {"avisos_veces", &Interruptores::avisosVeces, 10},
                                        {"avisos_demora_ms", &Interruptores::avisosDemoraMs, kMostMs},
                                        {"avisos_al_reves", &Interruptores::avisosAlReves, 100},
                                        {"avisos_sin_firma", &Interruptores::avisosSinFirma, kMostTimes},
                                        {"avisos_falsos", &Interruptores::avisosFalsos, kMostTimes}}};

} // namespace

zoco::Result<Interruptores> Interruptores::read(std::string_view json, const Interruptores& now)
{
    zoco::Problem wrong{422, "datos-invalidos", "The request's content is not valid", "", {}};
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject())
        return zoco::Problem{400, "json-invalido", "This is no JSON object", "", {}};
    auto out = now;
    std::set<std::string> seen;
    for (const auto& member : document.GetObject())
    {
        const std::string name(member.name.GetString(), member.name.GetStringLength());
        const bool isNew = seen.insert(name).second;
        const Campo* known = nullptr;
        for (const auto& campo : kCampos)
            if (name == campo.name) known = &campo;
        if (!isNew)
            wrong.errors.push_back({"/" + name, "It is there twice."});
        else if (known == nullptr)
            wrong.errors.push_back({"/" + name, "There is no such switch."});
        else if (!member.value.IsInt64() || member.value.GetInt64() < 0 || member.value.GetInt64() > known->most)
            wrong.errors.push_back({"/" + name, "A whole number from 0 to " + std::to_string(known->most) + "."});
        else
            out.*(known->value) = member.value.GetInt64();
    }
    if (!wrong.errors.empty()) return wrong;
    return out;
}

std::string Interruptores::toJson(std::uint64_t sent) const
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject();
    for (const auto& campo : kCampos) writer.member(campo.name, this->*(campo.value));
    writer.member("avisos_enviados", sent).endObject();
    return out;
}

} // namespace pagos
