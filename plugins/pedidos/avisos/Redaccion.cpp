#include "Redaccion.h"

#include "model/Fecha.h"
#include "text/Importe.h"
#include "zoco/MailTexts.h"

#include <algorithm>
#include <chrono>
#include <initializer_list>

namespace pedidos
{

namespace
{

using zoco::oneLine;

/// What a list may have at most, so that a mail is one that can be sent.
constexpr std::size_t kMostBytes = 24 * 1024;

/// Adds a line to others; false when there are too many.
bool addLine(std::string& text, const std::string& line)
{
    const bool isFull = text.size() + line.size() > kMostBytes;
    if (!text.empty()) text += '\n';
    text += isFull ? "…" : line;
    return !isFull;
}

std::string joined(std::initializer_list<std::string> lines)
{
    std::string out;
    for (const auto& line : lines)
        if (!line.empty()) addLine(out, line);
    return out;
}

std::string counted(std::int64_t cantidad, const std::string& nombre)
{
    return std::to_string(cantidad) + " × " + oneLine(nombre);
}

} // namespace

std::string Redaccion::importe(std::int64_t importe, std::string_view moneda) const
{
    return _isEnglish ? readableAmount(importe, moneda) : importeLegible(importe, moneda);
}

std::string Redaccion::lineas(const Pedido& pedido) const
{
    std::string out;
    for (const auto& l : pedido.lineas)
        if (!addLine(out, counted(l.cantidad, l.nombre) + ": " + importe(l.total, pedido.moneda))) break;
    return out;
}

std::string Redaccion::totales(const Pedido& pedido) const
{
    const auto& t = pedido.totales;
    const auto line = [&](const std::string& what, std::int64_t amount)
    { return what + ": " + importe(amount, pedido.moneda); };
    auto out = joined({line(say("Productos", "Products"), t.productos), line(say("Envío", "Shipping"), t.envio),
                       t.descuento == 0 ? std::string() : line(say("Descuento", "Discount"), -t.descuento),
                       line("Total", t.total)});
    for (const auto& i : t.impuestos)
        if (i.cuota != 0)
            addLine(out, line(std::string(say("IVA incluido, ", "VAT included, ")) + std::to_string(i.tipo) + " %",
                              i.cuota));
    return out;
}

std::string Redaccion::piezas(const Pedido& pedido, const std::vector<Piezas>& piezas) const
{
    std::string out;
    for (const auto& p : piezas)
    {
        const auto line = std::find_if(pedido.lineas.begin(), pedido.lineas.end(),
                                       [&](const LineaPedido& l) { return l.producto == p.producto; });
        if (line != pedido.lineas.end() && !addLine(out, counted(p.cantidad, line->nombre))) break;
    }
    return out;
}

std::string Redaccion::direccion(const Direccion& d) const
{
    return joined({oneLine(d.nombre), oneLine(d.linea1), oneLine(d.linea2), oneLine(d.cp + ' ' + d.ciudad),
                   oneLine(d.provincia), d.pais == "ES" ? std::string() : oneLine(d.pais)});
}

std::string Redaccion::seguimiento(const Expedicion& e) const
{
    const auto named = [](const char* what, const std::string& value)
    { return value.empty() ? std::string() : what + (": " + oneLine(value)); };
    return joined({named(say("Transportista", "Carrier"), e.transportista),
                   named(say("Número de seguimiento", "Tracking number"), e.seguimiento), oneLine(e.url)});
}

std::string Redaccion::resto() const
{
    return say("Lo que falta irá en otro paquete.", "The rest will come in another parcel.");
}

std::string Redaccion::devolucion(std::int64_t left, std::string_view moneda) const
{
    if (left <= 0) return say("Ya te habíamos devuelto lo que pagaste.", "We had already paid back what you paid.");
    const auto amount = importe(left, moneda);
    return _isEnglish ? "We pay " + amount + " back the way you paid."
                      : "Te devolvemos " + amount + " por el mismo medio con el que pagaste.";
}

/// The last day counts in UTC, as devolverHasta does.
std::string Redaccion::plazo(std::int64_t until) const
{
    using namespace std::chrono;
    const year_month_day day(floor<days>(sys_time<microseconds>(microseconds(until - 1))));
    const Fecha last{static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                     static_cast<int>(static_cast<unsigned>(day.day()))};
    const auto text = textoDe(last, _isEnglish);
    return say("Si algo no te convence, puedes devolverlo hasta el ",
               "If you do not want it, you can return it until ") +
           text + '.';
}

} // namespace pedidos
