#include "ProductoBody.h"

#include "ProductoReader.h"
#include "model/Atributos.h"
#include "pictures/PictureName.h"

#include <rapidjson/document.h>

#include <optional>
#include <set>

namespace catalogo
{

namespace
{

using rapidjson::Document;
using rapidjson::Value;

constexpr int kMaxDepth = 8;

zoco::Problem invalidJson() { return {400, "json-invalido", "The body is not valid JSON", "", {}, ZOCO_E_INVALID}; }

/// Whether brackets nest deeper than a product needs: what walks the tree afterwards is recursive.
bool isTooDeep(std::string_view text) noexcept
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        const char c = text[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (!inString && (c == '{' || c == '['))
            ++depth;
        else if (!inString && (c == '}' || c == ']'))
            --depth;
        if (depth > kMaxDepth) return true;
    }
    return false;
}

bool parse(std::string_view text, Document& document)
{
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    if (isTooDeep(text)) return false;
    document.Parse<kFlags>(text.data(), text.size());
    return !document.HasParseError();
}

/// JSON Pointer (RFC 6901) of a member that is there twice, of which each reader might take another one; nothing: none
/// is.
std::optional<std::string> twin(const Value& value, const std::string& at = {})
{
    std::set<std::string_view> seen;
    std::size_t number = 0;
    if (value.IsArray())
        for (const auto& item : value.GetArray())
            if (auto found = twin(item, at + '/' + std::to_string(number++))) return found;
    if (!value.IsObject()) return std::nullopt;
    for (const auto& member : value.GetObject())
    {
        const std::string_view name(member.name.GetString(), member.name.GetStringLength());
        auto pointer = at + '/';
        for (const char c : name) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        if (!seen.insert(name).second) return pointer;
        if (auto found = twin(member.value, pointer)) return found;
    }
    return std::nullopt;
}

zoco::Problem isThereTwice(std::string pointer)
{
    return {422, "producto-invalido", "The product is not valid", "", {{std::move(pointer), "is there twice"}}};
}

/// RFC 7396, section 2.
void mergePatch(Value& target, const Value& patch, Document::AllocatorType& memory)
{
    if (!patch.IsObject())
    {
        target.CopyFrom(patch, memory);
        return;
    }
    if (!target.IsObject()) target.SetObject();
    for (const auto& member : patch.GetObject())
    {
        const auto existing = target.FindMember(member.name);
        const bool isThere = existing != target.MemberEnd();
        if (member.value.IsNull())
        {
            if (isThere) target.RemoveMember(existing);
            continue;
        }
        if (isThere)
        {
            mergePatch(existing->value, member.value, memory);
            continue;
        }
        Value value;
        mergePatch(value, member.value, memory);
        target.AddMember(Value(member.name, memory), value, memory);
    }
}

Value text(std::string_view s, Document::AllocatorType& memory)
{
    return Value(s.data(), static_cast<rapidjson::SizeType>(s.size()), memory);
}

/// The product in the form in which a body names it.
void write(const DatosProducto& p, Document& out)
{
    auto& memory = out.GetAllocator();
    out.SetObject();
    out.AddMember("sku", text(p.sku, memory), memory).AddMember("nombre", text(p.nombre, memory), memory);
    Value precio(rapidjson::kObjectType);
    precio.AddMember("importe", Value(p.importe), memory).AddMember("moneda", text(p.moneda, memory), memory);
    out.AddMember("precio", precio, memory);
    if (p.categoria) out.AddMember("categoria", text(p.categoria->nombre, memory), memory);
    if (p.marca) out.AddMember("marca", text(*p.marca, memory), memory);
    if (p.descripcion) out.AddMember("descripcion", text(*p.descripcion, memory), memory);
    if (p.existencias) out.AddMember("existencias", Value(*p.existencias), memory);
    out.AddMember("iva", text(p.iva, memory), memory).AddMember("peso", Value(p.peso), memory);
    Value imagenes(rapidjson::kArrayType);
    for (const auto& name : p.imagenes) imagenes.PushBack(text(std::string(kPicturePath) + name, memory), memory);
    out.AddMember("imagenes", imagenes, memory);
    Value atributos(rapidjson::kArrayType);
    for (const auto& a : p.atributos)
    {
        Value item(rapidjson::kObjectType);
        item.AddMember("nombre", text(a.nombre, memory), memory).AddMember("valor", text(a.valor, memory), memory);
        atributos.PushBack(item, memory);
    }
    out.AddMember("atributos", atributos, memory);
}

} // namespace

zoco::Result<DatosProducto> ProductoBody::whole(std::string_view body) const
{
    Document document;
    if (!parse(body, document)) return invalidJson();
    if (auto pointer = twin(document)) return isThereTwice(std::move(*pointer));
    return ProductoReader(_folding, _moneda, _hasPicture).read(document);
}

zoco::Result<DatosProducto> ProductoBody::patched(const DatosProducto& now, std::string_view patch) const
{
    Document changes;
    if (!parse(patch, changes)) return invalidJson();
    if (auto pointer = twin(changes)) return isThereTwice(std::move(*pointer));
    Document document;
    write(now, document);
    mergePatch(document, changes, document.GetAllocator());
    return ProductoReader(_folding, _moneda, _hasPicture).read(document);
}

} // namespace catalogo
