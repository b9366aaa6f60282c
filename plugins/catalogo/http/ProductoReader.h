#pragma once

#include "ProductoBody.h"

#include <rapidjson/document.h>
#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// Reads one product from JSON and collects every fault with its JSON Pointer. One use, one thread.
class ProductoReader
{
public:
    ProductoReader(const Folding& folding, std::string_view moneda, const ProductoBody::HasPicture& hasPicture)
        : _folding(folding), _moneda(moneda), _hasPicture(hasPicture)
    {
    }

    zoco::Result<DatosProducto> read(const rapidjson::Value& body);

private:
    using Json = rapidjson::Value;

    void fault(std::string pointer, std::string what);
    void check(std::string_view name, std::string what);
    /// Trimmed text of a member; nothing when absent, null, empty, or (a fault) of another type.
    std::optional<std::string> text(const Json& body, const char* name);
    std::optional<std::int64_t> whole(const Json* value, const std::string& pointer, std::int64_t max);
    void readPrecio(const Json& body);
    void readCategoria(const Json& body);
    void readImagenes(const Json& body);
    void readAtributos(const Json& body);
    void readAtributo(const Json& item, const std::string& pointer);
    void refuseUnknown(const Json& body);

    const Folding& _folding;
    std::string_view _moneda;
    const ProductoBody::HasPicture& _hasPicture;
    DatosProducto _out;
    std::vector<zoco::FieldError> _errors;
};

} // namespace catalogo
