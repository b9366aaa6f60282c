#pragma once

#include "datos/OrdenesRepository.h"
#include "zoco/Services.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// A payment with what came of it, minor units. A value.
struct PagoCuadrado
{
    std::string id;
    std::string pedido;
    std::string conector;
    std::string numero;
    std::string estado;
    std::string moneda;
    std::int64_t creado = 0;   ///< microseconds
    std::int64_t devolver = 0; ///< goes back by itself
    std::int64_t autorizado = 0;
    std::int64_t capturado = 0;
    std::int64_t anulado = 0;
    std::int64_t reembolsado = 0;

    /// Taken and not given back, or held.
    std::int64_t queda() const noexcept
    {
        const auto taken = capturado > reembolsado ? capturado : reembolsado;
        const auto held = autorizado - taken - anulado;
        return taken - reembolsado + (held > 0 ? held : 0);
    }
};

/// What came of all payments of an order, minor units. A value.
struct DineroPedido
{
    std::int64_t capturado = 0;
    std::int64_t reembolsado = 0;
    std::int64_t anulado = 0;
    std::int64_t queda = 0; ///< as PagoCuadrado's
};

/// A payment whose outcome is awaited. A value.
struct PagoAbierto
{
    std::string id;
    std::string pedido;
    std::string conector;
    std::string estado;
    std::int64_t importe = 0;
    std::string moneda;
    std::int64_t creado = 0;
    std::int64_t preguntado = 0; ///< 0: never
    std::int64_t preguntas = 0;
};

/// An order as far as its money matters. A value.
struct PedidoCuadrado
{
    std::string id;
    std::string numero;
    std::string estado;
    std::int64_t total = 0;
    std::int64_t creado = 0; ///< 0: not told
};

/// Money that was to go back for an order, as `pedidos` has it. A value.
struct ReembolsoQuerido
{
    std::string id;
    std::string pedido;
    std::int64_t importe = 0;
    std::string motivo;
    std::int64_t momento = 0; ///< microseconds
};

/// What reconciliation compares. [any-thread]
class CuadreRepository
{
public:
    /// Made in start; `data` outlives it.
    explicit CuadreRepository(const zoco::Service& data);

    using Context = zoco::CallContext;
    /// From behind (`desde`, `tras`) on, in the order in which they were made.
    zoco::Result<std::vector<PagoCuadrado>> payments(const Context& context, std::int64_t desde, std::string_view tras,
                                                     std::int64_t hasta, std::int64_t limit) const;
    zoco::Result<std::vector<PagoAbierto>> open(const Context& context, std::int64_t antes, std::int64_t limit) const;
    zoco::Result<std::map<std::string, PedidoCuadrado>> orders(const Context& context,
                                                               const std::vector<std::string>& ids) const;
    /// Those that count as paid, in the order in which they were made.
    zoco::Result<std::vector<PedidoCuadrado>> paidOrders(const Context& context, std::int64_t desde,
                                                         std::string_view tras, std::int64_t hasta,
                                                         std::int64_t limit) const;
    /// Of those of them for which money was taken or held, whatever became of it.
    zoco::Result<std::map<std::string, DineroPedido>> moneyOf(const Context& context,
                                                              const std::vector<std::string>& ids) const;
    /// What each of these orders wanted back and got.
    zoco::Result<std::map<std::string, std::int64_t>> givenBack(const Context& context,
                                                                const std::vector<std::string>& ids) const;
    zoco::Result<std::vector<OrdenDurable>> openOrders(const Context& context, std::int64_t desde,
                                                       std::int64_t limit) const;
    /// From behind (`desde`, `tras`) on, oldest first.
    zoco::Result<std::vector<ReembolsoQuerido>> wanted(std::int64_t desde, std::string_view tras, std::int64_t hasta,
                                                       std::int64_t limit) const;
    /// Those of these ids that were written down.
    zoco::Result<std::set<std::string>> known(const std::vector<std::string>& ids) const;

private:
    const zoco::Service& _data;
    zoco::Operation _payments, _open, _orders, _paid, _money, _openOrders, _wanted, _known, _givenBack;
};

} // namespace pagos
