#pragma once

#include "text/Folding.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace catalogo
{

/// What a column of a file is about.
enum class Column
{
    Unknown = 1,
    Sku,
    Nombre,
    Precio,
    Moneda,
    Categoria,
    Marca,
    Descripcion,
    Existencias,
    Iva,
    Peso, ///< in grams
    Imagen,
    Atributo, ///< one attribute, named by `label`
    Atributos ///< an object of attributes
};

struct ColumnMeaning
{
    Column column = Column::Unknown;
    int rank = 0;           ///< of several columns about the same thing the lowest counts
    std::string_view label; ///< of an attribute; lives for ever
};

/// Knows columns by their Spanish and English names, without case, accents, blanks and signs. One thread.
class ColumnNames
{
public:
    explicit ColumnNames(const Folding& folding) : _folding(folding) {}

    ColumnMeaning of(const std::string& name);

private:
    const Folding& _folding;
    std::unordered_map<std::string, ColumnMeaning> _known; ///< as written
};

} // namespace catalogo
