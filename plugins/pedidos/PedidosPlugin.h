#pragma once

#include "CarritoHandlers.h"
#include "EntregaHandlers.h"
#include "PedidoHandlers.h"
#include "Servicio.h"
#include "avisos/Avisos.h"
#include "casos/Limpieza.h"
#include "casos/Oyente.h"
#include "casos/Personas.h"
#include "casos/Ronda.h"
#include "facturas/FacturaHandlers.h"
#include "ganchos/GanchoHandlers.h"
#include "zoco/Plugin.h"

#include <optional>

namespace pedidos
{

/// Carts and orders. Only wires: every part gets what it needs in its constructor.
class PedidosPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override;
    void start(zoco::Host& host) override;

private:
    /// What needs the data service; made in start, in this order.
    struct Parts
    {
        Parts(zoco::Host& host, const Ajustes& ajustes);

        zoco::Service data;
        CarritosRepository carritos;
        CuponesRepository cupones;
        Existencias existencias;
        PedidosRepository pedidos;
        EntregasRepository entregas;
        zoco::StoredReplies respuestas;
        zoco::Outbox sucesos;
        Entorno entorno;
        Vista vista;
        Carritos casosCarrito;
        Compra compra;
        Transiciones transiciones;
        Expediciones expediciones;
        Devoluciones devoluciones;
        FacturasRepository facturas;
        Personas personas;
        CarritoHandlers carritoHandlers;
        PedidoHandlers pedidoHandlers;
        EntregaHandlers entregaHandlers;
        Limpieza limpieza;
        Facturacion facturacion;
        Timbre facturasPronto;
        FacturaHandlers facturaHandlers;
        zoco::MailOutbox correos;
        zoco::MailTexts textos;
        AvisosRepository avisosRepository;
        Avisos avisos;
        GanchosRepository ganchosRepository;
        Repartidor repartidor;
        Anuncios anuncios;
        GanchoHandlers ganchoHandlers;
        Oyente oyente;
        Ronda rondaFacturas;
        Ronda rondaAvisos;
        Ronda rondaGanchos;
    };

    void subscribe(zoco::Events& events);

    std::optional<Ajustes> _ajustes;
    std::optional<Servicio> _servicio;
    std::optional<zoco::PersonalData> _personalData;
    std::optional<Parts> _parts;
};

} // namespace pedidos
