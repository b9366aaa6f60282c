#include "ProductoReader.h"

#include "model/Dinero.h"
#include "model/Reglas.h"
#include "pictures/PictureName.h"
#include "text/Utf8.h"

#include <algorithm>
#include <array>

namespace catalogo
{

namespace
{

std::string_view view(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

const rapidjson::Value* member(const rapidjson::Value& body, const char* name)
{
    const auto found = body.FindMember(name);
    return found == body.MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

/// RFC 6901, of a member of the whole.
std::string pointerTo(std::string_view name)
{
    std::string out(1, '/');
    for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

} // namespace

zoco::Result<DatosProducto> ProductoReader::read(const Json& body)
{
    if (!body.IsObject())
    {
        fault("", "must be an object");
    }
    else
    {
        refuseUnknown(body);
        _out.sku = text(body, "sku").value_or("");
        _out.nombre = text(body, "nombre").value_or("");
        check("sku", reglas::faultOfSku(_out.sku));
        check("nombre", reglas::faultOfNombre(_out.nombre));
        readPrecio(body);
        readCategoria(body);
        _out.marca = text(body, "marca");
        if (_out.marca) check("marca", reglas::faultOfMarca(*_out.marca));
        _out.descripcion = text(body, "descripcion");
        if (_out.descripcion) check("descripcion", reglas::faultOfDescripcion(*_out.descripcion));
        if (const auto* stock = member(body, "existencias"))
            _out.existencias = whole(stock, "/existencias", reglas::kMaxExistencias);
        _out.iva = text(body, "iva").value_or(_out.iva);
        if (!reglas::isIva(_out.iva)) check("iva", "must be general, reducido, superreducido or exento");
        if (const auto* weight = member(body, "peso")) _out.peso = whole(weight, "/peso", reglas::kMaxPeso).value_or(0);
        readImagenes(body);
        readAtributos(body);
    }
    if (_errors.empty()) return std::move(_out);
    return zoco::Problem{422, "producto-invalido", "The product is not valid", "", std::move(_errors)};
}

void ProductoReader::fault(std::string pointer, std::string what)
{
    _errors.push_back({std::move(pointer), std::move(what)});
}

void ProductoReader::check(std::string_view name, std::string what)
{
    auto pointer = pointerTo(name);
    const auto isKnown = [&](const zoco::FieldError& e) { return e.pointer == pointer; };
    if (what.empty() || std::any_of(_errors.begin(), _errors.end(), isKnown)) return;
    fault(std::move(pointer), std::move(what));
}

std::optional<std::string> ProductoReader::text(const Json& body, const char* name)
{
    const auto* value = member(body, name);
    if (value == nullptr) return std::nullopt;
    if (!value->IsString())
    {
        fault(pointerTo(name), "must be a text");
        return std::nullopt;
    }
    const auto out = trimmed(view(*value));
    return out.empty() ? std::nullopt : std::optional(std::string(out));
}

std::optional<std::int64_t> ProductoReader::whole(const Json* value, const std::string& pointer, std::int64_t max)
{
    if (value != nullptr && value->IsInt64() && value->GetInt64() >= 0 && value->GetInt64() <= max)
        return value->GetInt64();
    fault(pointer, value == nullptr ? "is missing" : "must be a whole number from 0 to " + std::to_string(max));
    return std::nullopt;
}

void ProductoReader::readPrecio(const Json& body)
{
    const auto* precio = member(body, "precio");
    if (precio == nullptr) return fault("/precio", "is missing");
    if (!precio->IsObject()) return fault("/precio", "must be an object with importe and moneda");
    _out.importe = whole(member(*precio, "importe"), "/precio/importe", reglas::kMaxImporte).value_or(0);
    _out.moneda = _moneda;
    const auto* moneda = member(*precio, "moneda");
    if (moneda == nullptr) return;
    if (!moneda->IsString() || !isCurrencyCode(view(*moneda)))
        return fault("/precio/moneda", "must be the three capital letters of a currency");
    _out.moneda = view(*moneda);
}

void ProductoReader::readCategoria(const Json& body)
{
    const auto nombre = text(body, "categoria");
    if (!nombre) return;
    check("categoria", reglas::faultOfCategoria(*nombre));
    _out.categoria = Categoria{_folding.slug(*nombre), *nombre};
    if (_out.categoria->id.empty()) check("categoria", "must have a letter or a digit");
}

void ProductoReader::readImagenes(const Json& body)
{
    const auto* list = member(body, "imagenes");
    if (list == nullptr) return;
    if (!list->IsArray() || list->Size() > reglas::kMaxImagenes)
        return fault("/imagenes", "must be a list of at most " + std::to_string(reglas::kMaxImagenes) + " pictures");
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i)
    {
        const auto& item = (*list)[i];
        auto name = item.IsString() ? view(item) : std::string_view();
        if (name.starts_with(kPicturePath)) name.remove_prefix(kPicturePath.size());
        if (_hasPicture(name))
            _out.imagenes.emplace_back(name);
        else
            fault("/imagenes/" + std::to_string(i), "is not a picture of this shop");
    }
}

void ProductoReader::readAtributos(const Json& body)
{
    const auto* list = member(body, "atributos");
    if (list == nullptr) return;
    if (!list->IsArray() || list->Size() > reglas::kMaxAtributos)
        return fault("/atributos", "must be a list of at most " + std::to_string(reglas::kMaxAtributos) + " objects");
    for (rapidjson::SizeType i = 0; i < list->Size(); ++i) readAtributo((*list)[i], "/atributos/" + std::to_string(i));
}

void ProductoReader::readAtributo(const Json& item, const std::string& pointer)
{
    const auto* nombre = item.IsObject() ? member(item, "nombre") : nullptr;
    const auto* valor = item.IsObject() ? member(item, "valor") : nullptr;
    if (nombre == nullptr || valor == nullptr || !nombre->IsString() || !valor->IsString())
        return fault(pointer, "must be an object with the texts nombre and valor");
    Atributo out{std::string(trimmed(view(*nombre))), std::string(trimmed(view(*valor)))};
    const auto what = reglas::faultOfAtributo(out.nombre, out.valor);
    if (!what.empty()) return fault(pointer, what);
    _out.atributos.push_back(std::move(out));
}

/// A misspelt name would be lost in silence. What answers have beside the writable members may come back unread.
void ProductoReader::refuseUnknown(const Json& body)
{
    constexpr std::array<std::string_view, 16> kKnown = {
        "sku", "nombre", "precio",           "categoria",  "marca",     "descripcion", "existencias", "imagenes",
        "id",  "imagen", "categoria_nombre", "disponible", "variantes", "atributos",   "iva",         "peso"};
    for (const auto& m : body.GetObject())
        if (std::find(kKnown.begin(), kKnown.end(), view(m.name)) == kKnown.end())
            fault(pointerTo(view(m.name)), "is not known");
}

} // namespace catalogo
