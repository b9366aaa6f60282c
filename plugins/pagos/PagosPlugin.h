#pragma once

#include "simulador/Simulador.h"
#include "zoco/Plugin.h"

#include <optional>

namespace pagos
{

/// Payments. Only wires: every part gets what it needs in its constructor.
class PagosPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override;

private:
    /// The simulated payment service.
    struct Simulado
    {
        explicit Simulado(zoco::Host& host);

        SigningKey key;
        Banco banco;
        Avisador avisador;
        Simulador simulador;
    };

    std::optional<Simulado> _simulado;
};

} // namespace pagos
