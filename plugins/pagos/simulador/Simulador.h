#pragma once

#include "Avisador.h"
#include "Banco.h"
#include "redsys/Envelope.h"
#include "zoco/Executor.h"
#include "zoco/Http.h"

#include <string>
#include <string_view>

namespace pagos
{

/// The simulated payment service over HTTP: Redsys's paths below `kRoot`, the buyer's pages, and the switches for
/// tests. Lives as long as the plugin. [any-thread]
class Simulador
{
public:
    static constexpr std::string_view kRoot = "/Pagos/simulador";

    Simulador(Banco& banco, Avisador& avisador, const SigningKey& key, const zoco::Executor& executor)
        : _banco(banco), _avisador(avisador), _key(key), _executor(executor)
    {
    }

    /// Registers its routes. [lifecycle, in init]
    void addRoutes(zoco::Http& http);

    /// What REST answers to an envelope in JSON: another one, or {"errorCode"}. `acs`: the address of the challenge.
    std::string initiate(std::string_view body) const;
    std::string transact(std::string_view body, std::string_view acs);

private:
    using Call = zoco::Reply (Simulador::*)(const zoco::Request&);

    void later(const zoco::Request& request, zoco::Responder responder, std::string json);
    zoco::Reply begin(const zoco::Request& request);
    zoco::Reply card(const zoco::Request& request);
    zoco::Reply challenge(const zoco::Request& request);
    zoco::Reply abandon(const zoco::Request& request);
    zoco::Reply style(const zoco::Request& request);
    zoco::Reply switches(const zoco::Request& request);
    zoco::Reply setSwitches(const zoco::Request& request);

    Envelope sealed(const Valores& valores) const;
    std::string answered(Banco::Respuesta respuesta) const;
    zoco::Reply shown(const zoco::Request& request, const Banco::Paso& paso);

    Banco& _banco;
    Avisador& _avisador;
    const SigningKey& _key;
    const zoco::Executor& _executor;
};

} // namespace pagos
