#include "Campos.h"

#include "Problemas.h"
#include "Reloj.h"

#include <charconv>

namespace pedidos::campo
{

zoco::Result<Destino> destino(const zoco::Request& request, const Envios& envios)
{
    Destino out;
    std::vector<zoco::FieldError> errors;
    out.pais = request.query("pais").value_or(out.pais);
    out.cp = request.query("cp").value_or("");
    out.envio = request.query("envio").value_or("");
    if (!isPais(out.pais)) errors.push_back({"/pais", "is not a country of ISO 3166-1"});
    if (!out.cp.empty())
        if (auto what = faultOfCp(out.pais, out.cp, ""); !what.empty()) errors.push_back({"/cp", std::move(what)});
    if (!out.envio.empty() && metodoDe(envios, out.envio) == nullptr)
        errors.push_back({"/envio", "is not a shipping method"});
    if (!errors.empty()) return problema::datosInvalidos(std::move(errors));
    return out;
}

std::optional<std::int64_t> version(const zoco::Request& request)
{
    auto text = request.header("If-Match");
    if (text.empty() || text == "*") return std::nullopt;
    std::int64_t out = -1;
    if (text.size() < 3 || text.front() != '"' || text.back() != '"') return out;
    text = text.substr(1, text.size() - 2);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) out = number;
    return out;
}

namespace
{

std::optional<std::int64_t> time(Cuerpo& body, const char* name)
{
    const auto text = body.optionalText(name, 40);
    if (text.empty()) return std::nullopt;
    const auto out = parseRfc3339(text);
    if (!out) body.fault(name, "is not a time such as 2026-11-29T00:00:00Z");
    return out;
}

} // namespace

zoco::Result<Cupon> cupon(const zoco::Request& request)
{
    constexpr std::int64_t kMostAmount = 1'000'000'000;
    constexpr std::int64_t kMostPercent = 100;
    ZOCO_TRY(auto body, Cuerpo::of(request, {"codigo", "clase", "valor", "minimo", "desde", "hasta", "limite"}));
    Cupon out;
    out.codigo = codigoDe(body.text("codigo", 40));
    if (out.codigo.empty()) body.fault("codigo", "must be 3 to 40 letters, digits and '-'");
    const auto clase = claseCupon(body.text("clase", 20));
    if (!clase) body.fault("clase", "must be porcentaje, fijo or envio_gratis");
    out.clase = clase.value_or(ClaseCupon::EnvioGratis);
    const bool isFree = out.clase == ClaseCupon::EnvioGratis;
    const auto most = out.clase == ClaseCupon::Porcentaje ? kMostPercent : kMostAmount;
    out.valor = isFree ? body.whole("valor", 0, 0, 0) : body.whole("valor", 1, most);
    out.minimo = body.whole("minimo", 0, kMostAmount, 0);
    out.desde = time(body, "desde");
    out.hasta = time(body, "hasta");
    if (body.has("limite")) out.limite = body.whole("limite", 1, kMostAmount);
    if (!body.isGood()) return body.problem();
    return out;
}

} // namespace pedidos::campo
