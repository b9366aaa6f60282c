#pragma once

#include "Transiciones.h"
#include "conectores/Conector.h"
#include "zoco/Crypto.h"
#include "zoco/Executor.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace pagos
{

/// A way to pay, as clients name it.
struct Medio
{
    std::string id;
    std::string conector;
    std::string metodo{};
};

/// Payments: each operation is written down before the service is asked, and its answer afterwards. [any-thread]
class Cobros
{
public:
    using Conectores = std::map<std::string, std::unique_ptr<Conector>, std::less<>>;

    /// All outlive it.
    Cobros(const zoco::Service& data, const zoco::Crypto& crypto, const zoco::Executor& executor,
           const Conectores& conectores, const PagosRepository& pagos, const PedidosAjenos& pedidos,
           const Transiciones& transiciones, zoco::Log log)
        : _data(data),
          _crypto(crypto),
          _executor(executor),
          _conectores(conectores),
          _pagos(pagos),
          _pedidos(pedidos),
          _transiciones(transiciones),
          _log(log)
    {
    }

    struct Peticion
    {
        PedidoPorPagar pedido;
        Medio medio;
        std::optional<Tarjeta> tarjeta;
        std::string publicUrl;
    };
    /// Pays an order. The payment that the order has already is given back when it holds money; one that waits for the
    /// buyer gives way. 409 `pago-en-curso`, `pedido-no-pagable`.
    zoco::Result<Registro> create(const zoco::CallContext& context, const Peticion& peticion,
                                  const Transiciones::Also& also) const;
    /// Captures, cancels or refunds; without an amount all that can be. `clave`: the same for a repeated request;
    /// empty: it is none.
    zoco::Result<Registro> change(const zoco::CallContext& context, std::string_view id, Orden orden,
                                  std::optional<std::int64_t> importe, std::string_view clave,
                                  const Transiciones::Also& also = {}) const;
    /// The buyer is back, with what they bring.
    zoco::Result<Registro> advance(const zoco::CallContext& context, std::string_view id, const Campos& input) const;
    /// A notification: its signature first; then it counts once. 401 when the signature is not right.
    zoco::Result<void> notify(const zoco::CallContext& context, std::string_view conector, std::string_view contentType,
                              std::string_view body) const;
    /// Asks the service what became of what is awaited.
    zoco::Result<void> resolve(std::string_view id) const;
    /// Gives back what was captured for an order that could not be paid with it.
    zoco::Result<void> giveBack(std::string_view id) const;

private:
    zoco::Result<std::string> begin(const zoco::CallContext& context, const Peticion& peticion, Registro& out) const;
    Encargo orderFor(const Registro& registro, std::int64_t importe) const;
    Conector* connectorOf(std::string_view id) const;
    zoco::Result<Registro> finish(const zoco::CallContext& context, std::string_view id,
                                  const zoco::Result<Resultado>& result, Orden orden,
                                  const Transiciones::Also& also) const;
    void resolveSoon(std::string_view id) const;
    void giveBackSoon(const Registro& registro) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    const zoco::Executor& _executor;
    const Conectores& _conectores;
    const PagosRepository& _pagos;
    const PedidosAjenos& _pedidos;
    const Transiciones& _transiciones;
    zoco::Log _log;
};

/// An event with what the service said about it.
std::vector<Anotado> annotated(const Resultado& resultado);

} // namespace pagos
