#pragma once

#include "Avisos.h"
#include "Encargos.h"
#include "Resolucion.h"
#include "Transiciones.h"
#include "zoco/Crypto.h"

#include <functional>
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
    bool isManual = false; ///< authorised first, and captured when the order is sent
};

/// Payments: each operation is written down before the service is asked, and its answer afterwards. [any-thread]
class Cobros
{
public:
    /// Is told what the payment service knows a payment by, before it is asked for something and once its answer is
    /// stored, or given up. Returns soon, and does not throw.
    struct Testigo
    {
        std::function<void(const std::string& numero)> asked{};
        std::function<void(const std::string& numero)> answered{};
    };

    /// All outlive it.
    Cobros(const zoco::Service& data, const zoco::Crypto& crypto, const Encargos& encargos,
           const PagosRepository& pagos, const Transiciones& transiciones, const Resolucion& resolucion,
           const Avisos& avisos, Testigo testigo, zoco::Log log)
        : _data(data),
          _crypto(crypto),
          _encargos(encargos),
          _pagos(pagos),
          _transiciones(transiciones),
          _resolucion(resolucion),
          _avisos(avisos),
          _testigo(std::move(testigo)),
          _log(log)
    {
    }

    struct Peticion
    {
        PedidoPorPagar pedido;
        Medio medio;
        std::optional<Tarjeta> tarjeta;
        std::string publicUrl;
        std::optional<Identidad> identidad{}; ///< of who pays, when they had to show it
    };
    /// Pays an order. The payment that the order has already is given back when it holds money; one that waits for the
    /// buyer gives way. 409 `pago-en-curso`, `pedido-no-pagable`.
    zoco::Result<Registro> create(const zoco::CallContext& context, const Peticion& peticion,
                                  const Transiciones::Also& also) const;
    /// What the keys begin with of what goes back without being asked for.
    static constexpr std::string_view kPorSiMismo = "devolver:";
    /// Captures, cancels or refunds; without an amount all that can be. `clave`: the same for a repeated request;
    /// empty: it is none. `first`: steps that go with its being asked for. 409 `pago-devolviendose`.
    zoco::Result<Registro> change(const zoco::CallContext& context, std::string_view id, Orden orden,
                                  std::optional<std::int64_t> importe, std::string_view clave,
                                  const Transiciones::Also& also = {}, const Transiciones::Also& first = {}) const;
    /// The buyer is back, with what they bring.
    zoco::Result<Registro> advance(const zoco::CallContext& context, std::string_view id, const Campos& input) const;
    /// A notification: its signature first; then it counts once, and is kept as it was received. 401 when the signature
    /// is not right.
    zoco::Result<void> notify(const zoco::CallContext& context, std::string_view conector, std::string_view contentType,
                              std::string_view body) const;

private:
    class Pregunta;

    zoco::Result<std::optional<Registro>> begin(const zoco::CallContext& context, const Peticion& peticion,
                                                Registro& out) const;
    zoco::Result<bool> write(const zoco::CallContext& context, const Peticion& peticion, Registro& out) const;
    zoco::Result<bool> take(const zoco::CallContext& context, const Conector& from, std::string_view contentType,
                            std::string_view body, AvisoRecibido& received) const;
    zoco::Result<Registro> finish(const zoco::CallContext& context, Transiciones::Conocido known,
                                  const zoco::Result<Resultado>& result, Orden orden,
                                  const Transiciones::Also& also) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    const Encargos& _encargos;
    const PagosRepository& _pagos;
    const Transiciones& _transiciones;
    const Resolucion& _resolucion;
    const Avisos& _avisos;
    Testigo _testigo;
    zoco::Log _log;
};

} // namespace pagos
