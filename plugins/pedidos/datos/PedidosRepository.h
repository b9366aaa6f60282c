#pragma once

#include "Lugar.h"
#include "model/Pedido.h"
#include "zoco/Crypto.h"
#include "zoco/Services.h"

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Orders in the data service: pedidos.sql. What begins with `add` adds steps to the caller's group. [any-thread]
class PedidosRepository
{
public:
    /// [lifecycle, in start] Both outlive it.
    PedidosRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    /// A whole order.
    zoco::Result<std::optional<Pedido>> find(const zoco::CallContext& context, std::string_view id) const;

    /// At most `limit` of a customer behind a place, newest first.
    zoco::Result<std::vector<PedidoResumen>> of(const zoco::CallContext& context, std::string_view usuario,
                                                const std::optional<Lugar>& after, int limit) const;

    /// Which of all orders; what is not said does not count.
    struct Filtro
    {
        std::optional<std::string> estado;
        std::optional<std::int64_t> desde; ///< made then or later, microseconds UTC
        std::optional<std::int64_t> hasta; ///< made before
        std::optional<std::string> numero;
        std::optional<std::string> correo; ///< its blind index
    };
    /// At most `limit` of all customers behind a place, newest first.
    zoco::Result<std::vector<PedidoResumen>> all(const zoco::CallContext& context, const Filtro& filter,
                                                 const std::optional<Lugar>& after, int limit) const;

    /// Columns of `pedidos_caducados`.
    struct Caducado
    {
        std::string id;
        std::string estado;
        std::optional<std::string> cupon;
    };
    zoco::Result<std::vector<Caducado>> expired(const zoco::CallContext& context, std::int64_t now, int limit) const;

    /// The order lives until the group has run. ZOCO_E_DUPLICATE: its number is taken, or its cart is an order already.
    void addCreate(zoco::Group& group, const Pedido& order) const;
    /// Guarded: ZOCO_E_GUARD when it is in another state.
    void addPass(zoco::Group& group, std::string_view id, std::string_view de, std::string_view a) const;
    /// Of its history.
    void addNote(zoco::Group& group, std::string_view id, const Cambio& change) const;

    /// The token that opens an order without an account: always the same, so that mails can have it and nothing has to
    /// keep it.
    std::string accessTo(std::string_view id) const;
    /// The blind index of an address, as the column `correo` has it.
    std::string indexOf(std::string_view correo) const;

private:
    zoco::Result<std::vector<PedidoResumen>> list(const zoco::CallContext& context, const zoco::Operation& operation,
                                                  std::initializer_list<zoco::Value> arguments) const;
    void addLines(zoco::Group& group, const Pedido& order) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    zoco::Operation _create, _createLine, _find, _of, _all, _matching, _expired, _pass, _note;
};

} // namespace pedidos
