#include "LectorPedido.h"

#include <algorithm>

namespace pedidos
{

namespace
{

using zoco::Row;

/// Columns of `pedido`: t1 and b1 are the first of their kind.
enum Column : std::uint32_t
{
    kClase = 0,
    kOrden = 1,
    kT = 1,
    kN = 12,
    kB = 20
};

std::string columnText(const Row& row, std::uint32_t column)
{
    return row[column].isNull() ? std::string() : std::string(row[column].text());
}

std::int64_t columnNumber(const Row& row, std::uint32_t column)
{
    return row[column].isNull() ? 0 : row[column].integer();
}

template <class T>
std::optional<T> ifThere(const Row& row, std::uint32_t column, T value)
{
    return row[column].isNull() ? std::nullopt : std::optional(std::move(value));
}

} // namespace

std::string contextOfDatos(std::string_view id) { return "pedidos_pedidos.datos:" + std::string(id); }

void LectorPedido::takePedido(const Row& row)
{
    const auto text = [&](std::uint32_t t) { return columnText(row, kT + t); };
    const auto number = [&](std::uint32_t n) { return columnNumber(row, kN + n); };
    auto& p = _pedido;
    _isFound = true;
    p.id = text(1);
    p.numero = text(2);
    p.estado = estadoDe(text(3)).value();
    p.usuario = ifThere(row, kT + 4, text(4));
    p.moneda = text(5);
    p.metodo = text(7);
    p.zona = text(8);
    p.cupon = ifThere(row, kT + 9, text(9));
    p.tienda = text(10);
    p.idioma = text(11);
    p.totales = {number(1), number(2), number(3), impuestosDe(text(6)), number(4)};
    p.caduca = ifThere(row, kN + 5, number(5));
    p.creado = number(6);
    p.version = number(7);
    p.envioEstandar = ifThere(row, kN + 8, number(8));
    p.acceso = columnText(row, kB + 1);
    _sellado = columnText(row, kB + 2);
}

void LectorPedido::take(const Row& row)
{
    const auto text = [&](std::uint32_t t) { return columnText(row, kT + t); };
    const auto number = [&](std::uint32_t n) { return columnNumber(row, kN + n); };
    const auto orden = columnNumber(row, kOrden);
    auto& p = _pedido;
    switch (columnNumber(row, kClase))
    {
    case 0:
        return takePedido(row);
    case 1:
        _lineas.push_back(
            {orden, {text(1), text(2), text(3), number(1), number(2), static_cast<int>(number(3)), number(4)}});
        return;
    case 2:
        p.historia.push_back({orden, text(1), text(2), text(3), text(4)});
        return;
    case 3:
        p.expediciones.push_back({text(1), orden, text(2), text(3), text(4), piezasDe(text(5))});
        return;
    case 5:
        p.facturas.push_back({text(1), text(2), orden});
        return;
    default:
        p.devoluciones.push_back(
            {text(1), orden, text(2), number(1), number(2), piezasDe(text(3)), ifThere(row, kN + 3, number(3))});
    }
}

std::optional<Pedido> LectorPedido::result(const zoco::Crypto& crypto)
{
    if (!_isFound) return std::nullopt;
    _pedido.datos = datosDe(crypto.open(_sellado, contextOfDatos(_pedido.id)).value());
    const auto isBefore = [](const auto& a, const auto& b) { return a.momento < b.momento; };
    std::sort(_lineas.begin(), _lineas.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [position, line] : _lineas) _pedido.lineas.push_back(std::move(line));
    std::sort(_pedido.historia.begin(), _pedido.historia.end(), isBefore);
    std::sort(_pedido.expediciones.begin(), _pedido.expediciones.end(), isBefore);
    std::sort(_pedido.devoluciones.begin(), _pedido.devoluciones.end(), isBefore);
    std::sort(_pedido.facturas.begin(), _pedido.facturas.end(), isBefore);
    return std::move(_pedido);
}

} // namespace pedidos
