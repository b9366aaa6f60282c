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

    /// Ids of orders that are paid and have no invoice.
    zoco::Result<std::vector<std::string>> pending(int limit) const;
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

    /// The invoice, with the number that follows `last`; it lives until the group has run. ZOCO_E_GUARD or
    /// ZOCO_E_DUPLICATE: others came first, or it is there already.
    void addCreate(zoco::Group& group, const Factura& factura, const Ultima& last, int anio) const;

    /// Seals a page of invoices again that are under an old key.
    zoco::RotationPage rotated(std::string_view cursor) const;

private:
    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    zoco::Operation _pending, _claim, _last, _begin, _next, _create, _createLines, _of, _lines, _page, _reseal;
};

} // namespace pedidos
