#pragma once

#include "model/Evidencia.h"
#include "model/Pago.h"
#include "zoco/Services.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// An event with what is kept beside it, as JSON.
struct Anotado
{
    Suceso suceso;
    std::string datos = "{}";
};

/// Why the service refused, as it has it, and what to do about it. A value.
struct Rechazo
{
    std::string codigo;
    std::string consejo;
};

/// A payment as it is stored: what it is for, and its events applied. A value.
struct Registro
{
    std::string id;
    std::string pedido;
    bool isVivo = true; ///< it has the order's place
    std::string conector;
    std::string metodo;
    std::string numero;
    std::string moneda;
    std::int64_t version = 0;
    std::int64_t devolver = 0;   ///< to go back to the buyer
    bool seDevolvio = false;     ///< it had to once: it was never its order's
    std::int64_t modificado = 0; ///< when the last event came, microseconds
    Pago pago{1};
    bool isManual = false; ///< authorised first, and captured when the order is sent
    std::string base{};    ///< the address of the shop, as the buyer saw it
    std::string accion{};  ///< JSON of what the buyer has to do
    std::optional<Rechazo> rechazo{};
    Evidencia evidencia{};
    /// What was asked for under which key, and how it ended; nothing: nobody knows yet.
    std::map<std::string, std::optional<Hecho>> ordenes{};

    /// Whether it pays its order: all is captured or, of one that is captured later, held.
    bool cubre() const noexcept
    {
        const auto now = pago.importes();
        return now.capturado == pago.importe() || (isManual && now.autorizado - now.anulado == pago.importe());
    }
};

/// The tables of payments. [any-thread]
class PagosRepository
{
public:
    /// Made in start; `data` outlives it.
    explicit PagosRepository(const zoco::Service& data);

    zoco::Result<std::optional<Registro>> find(const zoco::CallContext& context, std::string_view id) const;
    /// The payment that has an order's place.
    zoco::Result<std::optional<Registro>> aliveOf(const zoco::CallContext& context, std::string_view pedido) const;
    /// By the number at the payment service.
    zoco::Result<std::optional<Registro>> byNumber(const zoco::CallContext& context, std::string_view conector,
                                                   std::string_view numero) const;
    zoco::Result<std::vector<std::string>> pending(std::int64_t before, std::int64_t limit) const;
    /// Has a payment, unchanged since it was read and asked for now, asked for again from then on, or no more (0).
    zoco::Result<std::int64_t> postpone(const Registro& registro, std::int64_t then, std::int64_t now) const;
    zoco::Result<std::vector<std::string>> toGiveBack(std::int64_t limit) const;

    /// Steps that store a new payment with its first event. A second one for the order: ZOCO_E_DUPLICATE.
    void addCreate(zoco::Group& group, const Registro& registro, const Anotado& first, std::int64_t now) const;
    /// Steps that store what came to it. `next` is the payment with these events, as it will be; it is ZOCO_E_GUARD
    /// when others came first. `pendiente`: since when an outcome is awaited; 0: none is.
    void addAdvance(zoco::Group& group, const Registro& next, const std::vector<Anotado>& nuevos,
                    std::int64_t pendiente, std::int64_t now) const;
    /// A step by which another payment that waits for the buyer leaves the order's place to this one.
    void addTakeOver(zoco::Group& group, const Registro& registro) const;

    /// An event applied to the payment in memory, with what is kept beside it.
    static zoco::Result<Pago::Aplicado> apply(Registro& registro, const Anotado& anotado);

private:
    void addEvent(zoco::Group& group, std::string_view id, std::int64_t num, const Anotado& anotado,
                  std::int64_t now) const;
    zoco::Result<std::optional<Registro>> read(const zoco::CallContext& context,
                                               std::initializer_list<zoco::Value> values) const;

    const zoco::Service& _data;
    zoco::Operation _find, _create, _advance, _newEvent, _pending, _toGiveBack, _postpone, _takeOver;
};

} // namespace pagos
