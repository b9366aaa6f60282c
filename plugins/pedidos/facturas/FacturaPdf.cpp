#include "FacturaPdf.h"

#include "Hoja.h"
#include "model/Fecha.h"
#include "text/Importe.h"
#include "text/WinAnsi.h"

#include <algorithm>

namespace pedidos
{

namespace
{

using Letra = Hoja::Letra;

constexpr float kLine = 14;
constexpr float kSmall = 9;
constexpr float kNormal = 10;

// Right ends of the columns of figures; the first column of all goes from the left margin to kNameWidth.
constexpr float kNameWidth = 235;
constexpr float kPieces = 320;
constexpr float kPrice = 405;
constexpr float kRate = 450;

bool isWestern(const Factura& f)
{
    const auto& d = f.datos;
    const auto& r = d.receptor;
    const auto isIt = [](std::string_view text) { return winAnsi(text).has_value(); };
    const std::string_view texts[] = {d.emisor.nombre, d.emisor.nif, d.emisor.direccion, d.motivo,   r.nombre, r.linea1,
                                      r.linea2,        r.cp,         r.ciudad,           r.provincia};
    return std::all_of(std::begin(texts), std::end(texts), isIt) &&
           std::all_of(f.lineas.begin(), f.lineas.end(),
                       [&](const LineaFactura& l) { return isIt(l.nombre) && isIt(l.sku); });
}

/// What this plugin says why, in words; others as they are.
std::string readable(const std::string& motivo)
{
    if (motivo == "cancelacion") return "cancelación del pedido";
    return motivo == "devolucion" ? "devolución" : motivo;
}

/// Draws one invoice.
class Dibujo
{
public:
    Dibujo(const Factura& factura, const std::string& fuente)
        : _f(factura), _sheet(isWestern(factura) ? std::string() : fuente)
    {
    }

    std::string bytes()
    {
        head();
        buyer();
        if (_f.clase == ClaseFactura::Factura)
            lines();
        else
            reason();
        totals();
        taxes();
        return _sheet.bytes(title() + ' ' + _f.numero, _f.datos.emisor.nombre + " · " + _f.numero, _f.momento);
    }

private:
    std::string money(std::int64_t importe) const { return importeLegible(importe, _f.moneda); }
    std::string title() const { return _f.clase == ClaseFactura::Factura ? "Factura" : "Factura rectificativa"; }

    void block(float x, float width, std::initializer_list<std::string> texts)
    {
        for (const auto& text : texts)
            for (const auto& line : _sheet.wrapped(text, width))
            {
                _sheet.left(x, line);
                _sheet.down(kLine);
            }
    }

    void head()
    {
        const auto top = _sheet.y();
        const auto& e = _f.datos.emisor;
        _sheet.font(Letra::Negrita, 14);
        block(Hoja::kLeft, 280, {e.nombre});
        _sheet.font(Letra::Normal, kNormal);
        block(Hoja::kLeft, 280, {e.nif.empty() ? "" : "NIF " + e.nif, e.direccion});
        const auto below = _sheet.y();
        _sheet.jumpTo(top);
        _sheet.font(Letra::Negrita, 14);
        _sheet.right(Hoja::kRight, title());
        _sheet.font(Letra::Normal, kNormal);
        for (const auto& text :
             {"Número " + _f.numero, "Fecha " + textoDe(fechaDe(_f.momento)), "Pedido " + _f.datos.pedido,
              _f.rectifica.empty() ? std::string() : "Rectifica la factura " + _f.rectifica})
        {
            _sheet.down(kLine);
            _sheet.right(Hoja::kRight, text);
        }
        _sheet.jumpTo(std::min(below, _sheet.y()) - 2 * kLine);
    }

    void buyer()
    {
        const auto& r = _f.datos.receptor;
        _sheet.font(Letra::Negrita, kNormal);
        block(Hoja::kLeft, 400, {"Cliente"});
        _sheet.font(Letra::Normal, kNormal);
        auto place = r.cp + ' ' + r.ciudad;
        if (!r.provincia.empty()) place += " (" + r.provincia + ')';
        block(Hoja::kLeft, 400, {r.nombre, r.linea1, r.linea2, place, r.pais == "ES" ? "España" : r.pais});
        _sheet.down(kLine);
    }

    void columns()
    {
        _sheet.font(Letra::Negrita, kSmall);
        _sheet.left(Hoja::kLeft, "Concepto");
        _sheet.right(kPieces, "Cantidad");
        _sheet.right(kPrice, "Precio");
        _sheet.right(kRate, "IVA");
        _sheet.right(Hoja::kRight, "Importe");
        _sheet.down(5);
        _sheet.rule();
        _sheet.down(kLine);
        _sheet.font(Letra::Normal, kSmall);
    }

    void room(float points)
    {
        if (_sheet.hasRoom(points)) return;
        _sheet.newPage();
    }

    void lines()
    {
        columns();
        for (const auto& l : _f.lineas)
        {
            const auto names = _sheet.wrapped(l.nombre + " (" + l.sku + ')', kNameWidth);
            if (!_sheet.hasRoom(kLine * static_cast<float>(names.size())))
            {
                _sheet.newPage();
                columns();
            }
            _sheet.right(kPieces, std::to_string(l.cantidad));
            _sheet.right(kPrice, money(l.precio));
            _sheet.right(kRate, std::to_string(l.tipo) + " %");
            _sheet.right(Hoja::kRight, money(l.total));
            for (const auto& name : names)
            {
                _sheet.left(Hoja::kLeft, name);
                _sheet.down(kLine);
            }
        }
        _sheet.rule();
        _sheet.down(kLine);
    }

    void reason()
    {
        _sheet.font(Letra::Normal, kNormal);
        block(Hoja::kLeft, 480,
              {"Devolución al cliente de lo cobrado con la factura " + _f.rectifica + '.',
               _f.datos.motivo.empty() ? "" : "Motivo: " + readable(_f.datos.motivo)});
        _sheet.down(kLine);
    }

    void figure(const char* name, std::int64_t importe, Letra letra = Letra::Normal)
    {
        room(kLine);
        _sheet.font(letra, kNormal);
        _sheet.left(kPrice - 60, name);
        _sheet.right(Hoja::kRight, money(importe));
        _sheet.down(kLine);
    }

    void totals()
    {
        const auto& t = _f.totales;
        room(5 * kLine);
        if (_f.clase == ClaseFactura::Factura)
        {
            figure("Productos", t.productos);
            if (t.envio != 0) figure("Envío", t.envio);
            if (t.descuento != 0) figure("Descuento", -t.descuento);
        }
        figure("Total", t.total, Letra::Negrita);
        _sheet.down(kLine);
    }

    void taxes()
    {
        room(kLine * static_cast<float>(_f.totales.impuestos.size() + 3));
        _sheet.font(Letra::Negrita, kSmall);
        _sheet.right(kPieces, "Base imponible");
        _sheet.right(kPrice, "Tipo de IVA");
        _sheet.right(Hoja::kRight, "Cuota");
        _sheet.down(kLine);
        _sheet.font(Letra::Normal, kSmall);
        bool isExempt = false;
        for (const auto& i : _f.totales.impuestos)
        {
            _sheet.right(kPieces, money(i.base));
            _sheet.right(kPrice, std::to_string(i.tipo) + " %");
            _sheet.right(Hoja::kRight, money(i.cuota));
            _sheet.down(kLine);
            isExempt = isExempt || i.tipo == 0;
        }
        _sheet.down(kLine);
        block(Hoja::kLeft, 480,
              {isExempt ? "Tipo 0 %: operación exenta o no sujeta (Ley 37/1992 del IVA, artículos 3, 20 y 21)." : ""});
    }

    const Factura& _f;
    Hoja _sheet;
};

} // namespace

std::string pdfDe(const Factura& factura, const std::string& fuente) { return Dibujo(factura, fuente).bytes(); }

} // namespace pedidos
