#include "Campos.h"

#include "text/Correo.h"

namespace pedidos::campo
{

namespace
{

constexpr std::size_t kName = 100;
constexpr std::size_t kLine = 120;

Direccion direccion(Cuerpo& body)
{
    Direccion out;
    out.nombre = body.text("nombre", kName);
    out.linea1 = body.text("linea1", kLine);
    out.linea2 = body.optionalText("linea2", kLine);
    out.ciudad = body.text("ciudad", kName);
    out.pais = body.text("pais", 2);
    if (!isPais(out.pais)) body.fault("pais", "is not a country of ISO 3166-1");
    out.provincia = out.pais == "ES" ? body.text("provincia", kName) : body.optionalText("provincia", kName);
    out.cp = body.text("cp", 12);
    body.fault("cp", faultOfCp(out.pais, out.cp, out.provincia));
    out.telefono = body.optionalText("telefono", 24);
    if (out.telefono.find_first_not_of("+0123456789 ()-.") != std::string::npos)
        body.fault("telefono", "is not a phone number");
    return out;
}

} // namespace

zoco::Result<Solicitud> solicitud(const zoco::Request& request, const Envios& envios)
{
    constexpr std::size_t kAddress = 200; // of the shop, as the column takes it
    constexpr std::int64_t kMost = 1'000'000'000'000'000;
    ZOCO_TRY(auto body, Cuerpo::of(request, {"direccion", "envio", "correo", "total"}));
    Solicitud out;
    if (auto address =
            body.object("direccion", {"nombre", "linea1", "linea2", "cp", "ciudad", "provincia", "pais", "telefono"}))
        out.datos.direccion = direccion(*address);
    out.envio = body.text("envio", 20);
    if (metodoDe(envios, out.envio) == nullptr) body.fault("envio", "is not a shipping method");
    out.datos.correo = body.optionalText("correo", 254);
    if (!out.datos.correo.empty() && !isCorreo(out.datos.correo)) body.fault("correo", "is not an e-mail address");
    if (body.has("total")) out.total = body.whole("total", 0, kMost);
    if (!body.isGood()) return body.problem();
    if (request.publicUrl().size() <= kAddress) out.tienda = request.publicUrl();
    out.idioma = request.header("Accept-Language").substr(0, 2) == "en" ? "en" : "es";
    return out;
}

} // namespace pedidos::campo
