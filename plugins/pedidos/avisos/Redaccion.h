#pragma once

#include "model/Pedido.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Figures and lists of mails in one language. What comes from people stands on one line each. A value.
class Redaccion
{
public:
    /// "es" or "en"; another is the first.
    explicit Redaccion(std::string_view idioma) : _isEnglish(idioma == "en") {}

    std::string importe(std::int64_t importe, std::string_view moneda) const;
    /// "2 × Jamón: 25,98 €", a line each; a very long order ends in "…".
    std::string lineas(const Pedido& pedido) const;
    /// Products, shipping, discount, total, and the tax in it.
    std::string totales(const Pedido& pedido) const;
    /// "2 × Jamón", a line each.
    std::string piezas(const Pedido& pedido, const std::vector<Piezas>& piezas) const;
    std::string direccion(const Direccion& direccion) const;
    /// Carrier, number and address of a shipment, as far as somebody said them.
    std::string seguimiento(const Expedicion& expedicion) const;
    /// That more is to come.
    std::string resto() const;
    /// What goes back of a cancelled order that was paid; nothing left: that it went back before.
    std::string devolucion(std::int64_t importe, std::string_view moneda) const;
    /// Until when an order may be given back; `until`: its first moment when it may not.
    std::string plazo(std::int64_t until) const;

private:
    const char* say(const char* spanish, const char* english) const noexcept { return _isEnglish ? english : spanish; }

    bool _isEnglish;
};

} // namespace pedidos
