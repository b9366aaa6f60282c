#pragma once

#include "GestionHandlers.h"
#include "PagosHandlers.h"
#include "casos/Conciliacion.h"
#include "casos/Ordenes.h"
#include "redsys/RedsysAjustes.h"
#include "simulador/Simulador.h"
#include "zoco/Plugin.h"

#include <optional>
#include <string>

namespace pagos
{

/// Payments. Only wires: every part gets what it needs in its constructor.
class PagosPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override;
    void start(zoco::Host& host) override;

private:
    /// The simulated payment service.
    struct Simulado
    {
        explicit Simulado(zoco::Host& host);

        Llaves llaves;
        Libro libro;
        Avisador avisador;
        Simulador simulador;
    };

    /// What needs the data service; made in start, in this order.
    struct Parts
    {
        Parts(zoco::Host& host, const Encargos::Conectores& conectores, PagosHandlers::Ajustes ajustes,
              Cobros::Testigo testigo);

        zoco::Service data;
        zoco::Outbox outbox;
        zoco::StoredReplies replies;
        PagosRepository pagos;
        OrdenesRepository guardadas;
        AvisosRepository recibidos;
        LiquidacionesRepository liquidaciones;
        CuadreRepository comparados;
        PedidosAjenos pedidos;
        Encargos encargos;
        Transiciones transiciones;
        Resolucion resolucion;
        Avisos avisos;
        Cobros cobros;
        Verificacion verificacion;
        Devoluciones devoluciones;
        Cuadre cuadre;
        Ordenes ordenes;
        PagosHandlers handlers;
        GestionHandlers gestion;
        Conciliacion conciliacion;
    };

    void addSimulated(zoco::Host& host);
    void addRedsys(zoco::Host& host, const RedsysAjustes& ajustes);

    std::optional<Simulado> _simulado;
    Encargos::Conectores _conectores;
    PagosHandlers::Ajustes _ajustes;
    std::optional<Parts> _parts;
};

} // namespace pagos
