#pragma once

#include "datos/CuadreRepository.h"
#include "datos/LiquidacionesRepository.h"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pagos
{

/// What does not agree, of a time. A value.
struct Informe
{
    struct PagoSuelto
    {
        PagoCuadrado pago;
        std::string pedidoEstado; ///< empty: there is no such order
    };
    struct Diferencia
    {
        PagoCuadrado pago;
        Liquidado liquidado;
    };
    struct PedidoReembolsado
    {
        PedidoCuadrado pedido;
        DineroPedido dinero;
    };

    std::int64_t desde = 0;
    std::int64_t hasta = 0; ///< of what was looked at: before what was asked for when there was too much
    bool isWhole = true;
    std::vector<PagoAbierto> abiertos;
    std::vector<PagoSuelto> cobradosSinPedido;
    std::vector<PedidoCuadrado> pedidosSinCobro;
    std::vector<PedidoReembolsado> pedidosReembolsados; ///< that count as paid, and nothing is left of their money
    std::vector<Diferencia> importesDistintos;          ///< settled otherwise than we have it
    std::vector<PagoCuadrado> sinLiquidar;              ///< of days that settlements tell of
    std::vector<LineaSinPago> liquidadoSinPago;
    std::vector<OrdenDurable> pendientes; ///< of what orders want
    std::vector<ReembolsoQuerido> olvidados;
};

/// Compares payments with orders, with settlements, and with what was wanted of them. Changes nothing. [any-thread]
class Cuadre
{
public:
    static constexpr std::int64_t kMost = 5'000; ///< payments, and orders, that are looked at

    /// All outlive it. `ageUs`: from when an outcome, or a refund, is late.
    Cuadre(const CuadreRepository& cuadre, const LiquidacionesRepository& liquidaciones, std::int64_t ageUs)
        : _cuadre(cuadre), _liquidaciones(liquidaciones), _ageUs(ageUs)
    {
    }

    /// Of payments and orders made in that time, microseconds.
    zoco::Result<Informe> of(const zoco::CallContext& context, std::int64_t desde, std::int64_t hasta) const;
    /// Refunds that orders wanted in that time and that nobody has written down, oldest first, as long as `take`
    /// returns true.
    using Take = std::function<bool(const ReembolsoQuerido&)>;
    zoco::Result<void> forgotten(std::int64_t desde, std::int64_t hasta, const Take& take) const;

private:
    using Context = zoco::CallContext;
    using Pagos = std::vector<PagoCuadrado>;

    zoco::Result<void> addPayments(const Context& context, const Pagos& pagos, Informe& out) const;
    zoco::Result<void> addSettled(const Context& context, const Pagos& pagos, Informe& out) const;
    zoco::Result<void> addEmptied(const Context& context, std::vector<Informe::PedidoReembolsado> emptied,
                                  Informe& out) const;
    zoco::Result<void> addOrders(const Context& context, Informe& out) const;

    const CuadreRepository& _cuadre;
    const LiquidacionesRepository& _liquidaciones;
    std::int64_t _ageUs;
};

} // namespace pagos
