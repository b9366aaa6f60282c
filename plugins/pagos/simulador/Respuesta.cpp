#include "Respuesta.h"

#include "zoco/Json.h"

#include <ctime>

namespace pagos
{

namespace
{

std::string fourDigits(int number)
{
    auto out = std::to_string(number);
    return out.size() < 4 ? std::string(4 - out.size(), '0') + out : out;
}

Notificacion noticeOf(const Libro& libro, const Operacion& operacion, const Valores& valores)
{
    Notificacion out{operacion.urlAviso, operacion.numero, {}, operacion.firma};
    const auto seconds = static_cast<std::time_t>(libro.now() / 1'000'000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char date[24];
    char hour[16];
    (void)std::strftime(date, sizeof date, "%d%%2F%m%%2F%Y", &parts); // percent-encoded, as Redsys does
    (void)std::strftime(hour, sizeof hour, "%H%%3A%M", &parts);
    out.valores = {{"Ds_Date", date}, {"Ds_Hour", hour}};
    out.valores.insert(out.valores.end(), valores.begin(), valores.end());
    return out;
}

int responseOf(int tipo)
{
    if (tipo == 9) return Libro::kCancelled;
    return tipo == 2 || tipo == 3 ? Libro::kDone : Libro::kAuthorized;
}

} // namespace

Valores autenticada(const Operacion& o)
{
    const bool isMastercard = o.tarjeta.starts_with('5');
    const bool isAuthenticated = !o.trato.isChallenged || o.isProbada;
    const auto* eci = isMastercard ? (isAuthenticated ? "02" : "00") : (isAuthenticated ? "05" : "07");
    std::string emv;
    zoco::JsonWriter(emv)
        .beginObject()
        .member("protocolVersion", "2.2.0")
        .member("threeDSServerTransID", o.transaccion)
        .member("dsTransID", o.transaccionDs)
        .member("transStatus", isAuthenticated ? "Y" : "N")
        .member("eci", eci)
        .endObject();
    return {{"Ds_SecurePayment", o.isProbada ? "1" : "0"}, {"Ds_EMV3DS", std::move(emv)}};
}

Respuesta movida(const Libro& libro, const Operacion& o, int tipo, std::int64_t importe, std::string codigo,
                 int respuesta)
{
    Respuesta out;
    out.valores = {{"Ds_Order", o.numero},
                   {"Ds_MerchantCode", std::string(Libro::kComercio)},
                   {"Ds_Terminal", "001"},
                   {"Ds_Amount", std::to_string(importe)},
                   {"Ds_Currency", o.moneda},
                   {"Ds_Response", fourDigits(respuesta)},
                   {"Ds_AuthorisationCode", std::move(codigo)},
                   {"Ds_TransactionType", std::to_string(tipo)},
                   {"Ds_MerchantData", o.datos},
                   {"Ds_Card_Number", o.tarjeta},
                   {"Ds_ProcessedPayMethod", "1"}};
    auto proof = autenticada(o);
    if (tipo != 0 && tipo != 1) proof.pop_back();
    out.valores.insert(out.valores.end(), proof.begin(), proof.end());
    if (!o.urlAviso.empty()) out.aviso = noticeOf(libro, o, out.valores);
    return out;
}

Respuesta decidida(const Libro& libro, const Operacion& o)
{
    return movida(libro, o, o.tipo, o.importe, o.movimientos.empty() ? std::string() : o.movimientos.front().codigo,
                  o.respuesta);
}

std::vector<Valores> consultada(const Operacion& o)
{
    const auto one = [&](int tipo, std::int64_t importe, const char* state)
    {
        return Valores{{"Ds_MerchantCode", std::string(Libro::kComercio)},
                       {"Ds_Terminal", std::to_string(Libro::kTerminal)},
                       {"Ds_Order", o.numero},
                       {"Ds_TransactionType", std::to_string(tipo)},
                       {"Ds_Amount", std::to_string(importe)},
                       {"Ds_Currency", o.moneda},
                       {"Ds_SecurePayment", o.isProbada ? "1" : "0"},
                       {"Ds_State", state}};
    };
    if (o.fase == Operacion::Fase::Pagina) return {one(o.tipo, o.importe, "S")};
    if (o.fase == Operacion::Fase::Reto) return {one(o.tipo, o.importe, "A")};
    std::vector<Valores> out;
    for (const auto& m : o.movimientos)
    {
        out.push_back(one(m.tipo, m.importe, "F"));
        out.back().emplace_back("Ds_Response", fourDigits(responseOf(m.tipo)));
        out.back().emplace_back("Ds_AuthorisationCode", m.codigo);
    }
    if (!out.empty()) return out;
    out.push_back(one(o.tipo, o.importe, "F"));
    out.back().emplace_back("Ds_Response", fourDigits(o.respuesta));
    return out;
}

} // namespace pagos
