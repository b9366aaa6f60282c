#pragma once

#include "model/Piezas.h"
#include "zoco/Problem.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// What clients of this plugin are told; README.md lists it.
namespace pedidos::problema
{

inline zoco::Problem datosInvalidos(std::vector<zoco::FieldError> errors)
{
    return {422, "datos-invalidos", "The data are not valid", "", std::move(errors)};
}

inline zoco::Problem productoDesconocido() { return {404, "producto-desconocido", "There is no such product", "", {}}; }

inline zoco::Problem carritoLleno()
{
    return {409, "carrito-lleno", "The cart takes no more products", "", {}, ZOCO_E_CONSTRAINT};
}

inline zoco::Problem carritoCambiado(int status = 409)
{
    return {status, "carrito-cambiado", "The cart has been changed meanwhile", "Read it again.", {}, ZOCO_E_GUARD};
}

inline zoco::Problem cuponNoValido(std::string why)
{
    return {409, "cupon-no-valido", "The coupon cannot be used", "", {{"/codigo", std::move(why)}}, ZOCO_E_CONSTRAINT};
}

inline zoco::Problem cuponRepetido()
{
    return {409, "cupon-repetido", "There is a coupon with this code", "", {{"/codigo", "is taken"}}, ZOCO_E_DUPLICATE};
}

inline zoco::Problem carritoVacio()
{
    return {409, "carrito-vacio", "There is nothing in the cart", "", {}, ZOCO_E_CONSTRAINT};
}

inline zoco::Problem sinExistencias(std::vector<zoco::FieldError> errors)
{
    return {409, "sin-existencias", "There are not so many pieces", "", std::move(errors), ZOCO_E_CONSTRAINT};
}

inline zoco::Problem totalCambiado(std::int64_t now)
{
    return {409,
            "total-cambiado",
            "The total is another one by now",
            "It is " + std::to_string(now) + " minor units.",
            {{"/total", "is another one by now"}},
            ZOCO_E_CONSTRAINT};
}

inline zoco::Problem pedidoDesconocido() { return {404, "pedido-desconocido", "There is no such order", "", {}}; }

inline zoco::Problem facturaPendiente()
{
    return {404, "factura-pendiente", "The order has no invoice yet", "Invoices are written soon after a payment.", {}};
}

inline zoco::Problem facturaDesconocida() { return {404, "factura-desconocida", "There is no such invoice", "", {}}; }

inline zoco::Problem transicionProhibida(std::string why)
{
    return {409, "transicion-prohibida", "The order cannot change so", std::move(why), {}, ZOCO_E_CONSTRAINT};
}

/// `left`: products with how many there are.
inline zoco::Problem excede(const char* type, const char* title, const std::vector<Piezas>& left)
{
    std::vector<zoco::FieldError> errors;
    for (const auto& p : left) errors.push_back({"/lineas/" + p.producto, std::to_string(p.cantidad) + " are left"});
    return {409, type, title, "", std::move(errors), ZOCO_E_CONSTRAINT};
}

inline zoco::Problem expedicionExcede(const std::vector<Piezas>& left)
{
    return excede("expedicion-excede", "There are not so many pieces left to send", left);
}

inline zoco::Problem devolucionExcede(const std::vector<Piezas>& left)
{
    return excede("devolucion-excede", "There are not so many pieces left to give back", left);
}

inline zoco::Problem fueraDePlazo()
{
    return {409, "fuera-de-plazo", "It is too late to give it back", "", {}, ZOCO_E_CONSTRAINT};
}

inline zoco::Problem devolucionDesconocida()
{
    return {404, "devolucion-desconocida", "There is no such return", "", {}};
}

inline zoco::Problem ganchoDesconocido() { return {404, "gancho-desconocido", "There is no such webhook", "", {}}; }

inline zoco::Problem entregaDesconocida() { return {404, "entrega-desconocida", "There is no such delivery", "", {}}; }

} // namespace pedidos::problema
