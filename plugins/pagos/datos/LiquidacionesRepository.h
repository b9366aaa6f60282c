#pragma once

#include "model/Liquidacion.h"
#include "zoco/Services.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// A settlement that was taken in. A value.
struct LiquidacionGuardada
{
    std::string id;
    std::int64_t lineas = 0;
    bool isRepetida = false; ///< the file was known
};

/// What was settled of a payment, minor units. A value.
struct Liquidado
{
    std::string moneda; ///< empty: of several
    std::int64_t cobrado = 0;
    std::int64_t devuelto = 0;
};

/// A line of a payment that nobody knows here. A value.
struct LineaSinPago
{
    std::string conector;
    LineaLiquidada linea;
    std::string liquidacion;
};

/// The tables of settlements. [any-thread]
class LiquidacionesRepository
{
public:
    /// Made in start; `data` outlives it.
    explicit LiquidacionesRepository(const zoco::Service& data);

    /// All lines or none; the file `huella` once for each `conector`. `id`: of the settlement, should it be new.
    zoco::Result<LiquidacionGuardada> add(const zoco::CallContext& context, std::string_view id,
                                          std::string_view huella, std::string_view conector,
                                          const std::vector<LineaLiquidada>& lineas, std::int64_t now) const;
    zoco::Result<std::map<std::string, Liquidado>> of(const zoco::CallContext& context, std::string_view conector,
                                                      const std::vector<std::string>& numeros) const;
    /// The first and the last day that is told of, microseconds; 0 and 0: none.
    zoco::Result<std::pair<std::int64_t, std::int64_t>> days(const zoco::CallContext& context,
                                                             std::string_view conector) const;
    zoco::Result<std::vector<LineaSinPago>> ofNoPayment(const zoco::CallContext& context, std::int64_t desde,
                                                        std::int64_t hasta, std::int64_t limit) const;

private:
    const zoco::Service& _data;
    zoco::Operation _add, _addLine, _known, _of, _days, _ofNone;
};

} // namespace pagos
