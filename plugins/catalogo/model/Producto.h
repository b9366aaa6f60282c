#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace catalogo
{

struct Categoria
{
    std::string id;     ///< slug
    std::string nombre; ///< as people read it
    bool operator==(const Categoria&) const = default;
};

struct Atributo
{
    std::string nombre;
    std::string valor;
    bool operator==(const Atributo&) const = default;
};

/// What somebody says about a product. A value.
struct DatosProducto
{
    std::string sku;
    std::string nombre;
    std::int64_t importe = 0; ///< minor units of `moneda`, tax included
    std::string moneda;       ///< ISO 4217
    std::optional<Categoria> categoria;
    std::optional<std::string> marca;
    std::optional<std::string> descripcion;
    std::optional<std::int64_t> existencias; ///< nothing: stock is not tracked, always available
    std::string iva = "general";             ///< group of the tax: reglas::isIva
    std::int64_t peso = 0;                   ///< grams, 0: not known
    std::vector<std::string> imagenes;       ///< names in the picture store, the first one is shown in lists
    std::vector<Atributo> atributos;

    bool operator==(const DatosProducto&) const = default;
    bool isDisponible() const noexcept { return !existencias || *existencias > 0; }
};

/// A stored product.
struct Producto : DatosProducto
{
    std::string id;              ///< public, unguessable
    std::int64_t creado = 0;     ///< microseconds UTC
    std::int64_t modificado = 0; ///< microseconds UTC; rises with every change
};

/// A product as lists show it.
struct ProductoResumen
{
    std::string id;
    std::string sku;
    std::string nombre;
    std::int64_t importe = 0;
    std::string moneda;
    std::string imagen; ///< name in the picture store; empty: none
    std::optional<Categoria> categoria;
    bool isDisponible = true;
    std::string clave; ///< sort key of the name
    std::int64_t creado = 0;
};

/// A category and how many of the products in question are in it.
struct CategoriaContada
{
    Categoria categoria;
    std::int64_t productos = 0;
    std::string imagen; ///< name in the picture store; empty: none
};

} // namespace catalogo
