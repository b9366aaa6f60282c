#pragma once

#include "Factura.h"
#include "zoco/Crypto.h"
#include "zoco/Services.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Invoices in the data service: facturas.sql. [any-thread]
class FacturasRepository
{
public:
    /// [lifecycle, in start] Both outlive it.
    FacturasRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    /// An order that is paid and has no invoice: columns of `por_facturar`.
    struct PorFacturar
    {
        std::string id;
        std::string numero;
        std::string moneda;
        std::int64_t productos = 0;
        std::int64_t envio = 0;
        std::int64_t descuento = 0;
        std::int64_t total = 0;
        std::string impuestos;
        std::string datos; ///< sealed
    };
    zoco::Result<std::vector<PorFacturar>> pending(int limit) const;
    /// The same of one order; nothing when it does not wait for one.
    zoco::Result<std::vector<PorFacturar>> pendingOf(std::string_view pedido) const;
    /// Who gets the invoice; a problem when that cannot be opened.
    zoco::Result<Direccion> receptorOf(const PorFacturar& pedido) const;
    /// All of an order, oldest first, without lines.
    zoco::Result<std::vector<Factura>> of(const zoco::CallContext& context, std::string_view pedido) const;
    zoco::Result<std::vector<LineaFactura>> lines(const zoco::CallContext& context, std::string_view numero) const;

    /// The end of a series: columns of `serie_ultima`.
    struct Ultima
    {
        int anio = 0;
        std::int64_t orden = 0;
        std::int64_t momento = 0;
    };
    /// Of all years; `orden` 0 when there is no invoice.
    zoco::Result<Ultima> last(ClaseFactura clase) const;

    /// Writes invoices of one kind, at least one, whose numbers of this year follow `last`: all of them or none.
    /// ZOCO_E_GUARD or ZOCO_E_DUPLICATE: others came first, or one is there already.
    zoco::Result<void> create(const std::vector<Factura>& facturas, const Ultima& last, int anio) const;

    /// Seals a page of invoices again that are under an old key.
    zoco::RotationPage rotated(std::string_view cursor) const;

private:
    zoco::Result<std::vector<PorFacturar>> waiting(const zoco::Value& pedido, int limit) const;
    void addRow(zoco::Group& group, const Factura& factura) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    zoco::Operation _pending, _claim, _last, _begin, _next, _create, _createLines, _of, _lines, _page, _reseal;
};

} // namespace pedidos
