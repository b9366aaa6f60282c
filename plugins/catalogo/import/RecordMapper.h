#pragma once

#include "ColumnNames.h"
#include "Record.h"
#include "model/Producto.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// A picture as a file names it.
struct PictureMention
{
    std::string name;
    Position at;
};

/// A product as a file has it. What the file does not say is left as it is when the product exists already.
struct ImportedProduct
{
    DatosProducto data; ///< without pictures
    Position at;
    std::size_t file = 0;                 ///< number of the file
    std::vector<std::string> keys;        ///< values of the sku columns, best first: a picture may be named by them
    std::vector<PictureMention> pictures; ///< those that are files
    bool hasCategoria = false;
    bool hasMarca = false;
    bool hasDescripcion = false;
    bool hasExistencias = false;
    bool hasIva = false;
    bool hasPeso = false;
    bool hasAtributos = false;
};

/// Turns records into products and checks every value. One thread.
class RecordMapper
{
public:
    using OnFault = std::function<void(Position at, std::string what)>;

    /// `moneda`: of prices without one. Both outlive it.
    RecordMapper(const Folding& folding, std::string_view moneda) : _folding(folding), _names(folding), _moneda(moneda)
    {
    }

    /// Faults go to `onFault`; the product is then worthless.
    ImportedProduct map(const Record& record, const OnFault& onFault);

    /// Columns that say nothing known, each once, as they first occur.
    const std::vector<std::string>& ignoredColumns() const noexcept { return _ignored; }
    std::uint64_t remotePictures() const noexcept { return _remotePictures; }
    std::uint64_t roundedPrices() const noexcept { return _roundedPrices; }

private:
    friend class RecordMapping;

    const Folding& _folding;
    ColumnNames _names;
    std::string _moneda;
    std::vector<std::string> _ignored;
    std::uint64_t _remotePictures = 0;
    std::uint64_t _roundedPrices = 0;
};

} // namespace catalogo
