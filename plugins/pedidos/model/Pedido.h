#pragma once

#include "Devolucion.h"
#include "Estado.h"
#include "Expedicion.h"
#include "Totales.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Where an order is sent. A value.
struct Direccion
{
    std::string nombre;
    std::string linea1;
    std::string linea2; ///< may be empty, as telefono
    std::string cp;
    std::string ciudad;
    std::string provincia;
    std::string pais; ///< ISO 3166-1, two letters
    std::string telefono;
    bool operator==(const Direccion&) const = default;
};

/// What of an order is about a person: sealed as a whole.
struct DatosPersonales
{
    Direccion direccion;
    std::string correo; ///< may be empty
    bool operator==(const DatosPersonales&) const = default;
};

/// As one text that `datosDe` reads again.
std::string textoDe(const DatosPersonales& datos);
DatosPersonales datosDe(std::string_view text);

/// Columns of `pedido_lineas`.
struct LineaPedido
{
    std::string producto;
    std::string sku;
    std::string nombre;
    std::int64_t cantidad = 0;
    std::int64_t precio = 0; ///< of a piece, as it was charged
    int tipo = 0;            ///< percent
    std::int64_t total = 0;
};

/// Who has no account, as an order's history names them.
inline constexpr const char* kInvitado = "cliente";

/// Columns of `pedido_historia`.
struct Cambio
{
    std::int64_t momento = 0;
    std::string de; ///< empty: it was made
    std::string a;
    std::string quien;
    std::string motivo;
};

/// An invoice of an order, as its view has it.
struct FacturaDePedido
{
    std::string numero;
    std::string clase;
    std::int64_t momento = 0;
};

/// An order. A value.
struct Pedido
{
    std::string id;
    std::string numero; ///< as people read it out
    Estado estado = Estado::Pendiente;
    std::optional<std::string> usuario; ///< nothing: a guest's
    std::string carrito;                ///< only of one that is being made
    std::string acceso;                 ///< SHA-256 of the token that opens it
    std::string tienda; ///< the shop's address where it was made, and the language there, "es" or "en": for mails
    std::string idioma;
    std::string moneda;
    Totales totales;
    std::string metodo;
    std::string zona;
    std::optional<std::string> cupon;
    std::optional<std::int64_t> caduca;
    std::int64_t creado = 0;
    DatosPersonales datos;
    std::vector<LineaPedido> lineas;
    std::vector<Cambio> historia; ///< oldest first, as what follows
    std::vector<Expedicion> expediciones;
    std::vector<Devolucion> devoluciones;
    std::vector<FacturaDePedido> facturas;
    std::int64_t version = 1;                  ///< rises with what may leave the state as it is
    std::optional<std::int64_t> envioEstandar; ///< what of the shipping costs goes back with everything; nothing: all
};

/// An order in a list: columns of `pedidos_de` and its like.
struct PedidoResumen
{
    std::string id;
    std::string numero;
    std::string estado;
    std::int64_t total = 0;
    std::int64_t creado = 0;
};

/// Taxes as the column `impuestos` has them, and back.
std::string textoDe(const std::vector<Impuesto>& impuestos);
std::vector<Impuesto> impuestosDe(std::string_view text);

/// A number such as "261129-7K3QXM" for an order of that time: the day and as many letters as `random` has bytes, none
/// of which looks like another.
std::string numeroDe(std::int64_t creado, std::string_view random);

/// The number that somebody has typed, in the letters of numbers; nothing when it cannot be one.
std::optional<std::string> numeroEscrito(std::string_view text);

} // namespace pedidos
