#pragma once

#include "Avisador.h"
#include "Banco.h"
#include "Llaves.h"
#include "Ventanilla.h"
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

    /// All outlive it.
    Simulador(Libro& libro, Avisador& avisador, const Llaves& llaves, const zoco::Executor& executor)
        : _libro(libro), _banco(libro), _ventanilla(libro), _avisador(avisador), _llaves(llaves), _executor(executor)
    {
    }

    /// Registers its routes. [lifecycle, in init]
    void addRoutes(zoco::Http& http);

    /// What REST answers to an envelope in JSON: another one, or {"errorCode"}. `acs`: the address of the challenge.
    std::string initiate(std::string_view body) const;
    std::string transact(std::string_view body, std::string_view acs);
    /// What the service of queries answers to SOAP.
    std::string query(std::string_view soap) const;

private:
    using Call = zoco::Reply (Simulador::*)(const zoco::Request&);

    void later(zoco::Responder responder, zoco::Reply reply);
    zoco::Reply begin(const zoco::Request& request);
    zoco::Reply card(const zoco::Request& request);
    zoco::Reply challenge(const zoco::Request& request);
    zoco::Reply abandon(const zoco::Request& request);
    zoco::Reply style(const zoco::Request& request);
    zoco::Reply switches(const zoco::Request& request);
    zoco::Reply setSwitches(const zoco::Request& request);
    zoco::Reply books(const zoco::Request& request);

    zoco::Result<MerchantParameters> opened(const Envelope& envelope) const;
    Envelope sealed(const Valores& valores, std::string_view firma) const;
    std::string answered(const Respuesta& respuesta, std::string_view firma) const;
    zoco::Reply shown(const zoco::Request& request, const Ventanilla::Paso& paso);

    Libro& _libro;
    Banco _banco;
    Ventanilla _ventanilla;
    Avisador& _avisador;
    const Llaves& _llaves;
    const zoco::Executor& _executor;
};

} // namespace pagos
