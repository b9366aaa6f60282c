#include "RecordMapping.h"

#include "model/Dinero.h"
#include "model/Reglas.h"
#include "text/Utf8.h"

#include <algorithm>
#include <charconv>

namespace catalogo
{

namespace
{

/// "15.14 × 13.08" of an object, "beauty, mascara" of a list.
std::string joined(const Field& field)
{
    std::string out;
    for (const auto& [name, value] : field.items)
        out += (out.empty() ? "" : field.kind == Field::Kind::Object ? " × " : ", ") + value;
    return out;
}

bool isNested(const Field& field) noexcept
{
    return field.kind == Field::Kind::List || field.kind == Field::Kind::Object;
}

std::optional<std::int64_t> wholeNumber(std::string_view text, std::int64_t max)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isWhole = error == std::errc() && end == text.data() + text.size();
    if (!isWhole || number < 0 || number > max) return std::nullopt;
    return number;
}

bool isRemote(std::string_view name) noexcept
{
    return name.starts_with("http://") || name.starts_with("https://") || name.starts_with("//");
}

} // namespace

ImportedProduct RecordMapping::run()
{
    _out.at = _record.at;
    sortFields();
    readSku();
    readNombre();
    readPrecio();
    readCategoria();
    readMarca();
    readDescripcion();
    readExistencias();
    readIva();
    readPeso();
    readImagenes();
    readAtributos();
    return std::move(_out);
}

void RecordMapping::sortFields()
{
    for (const auto& field : _record.fields)
    {
        const auto meaning = _mapper._names.of(field.name);
        if (meaning.column == Column::Unknown) noteIgnored(field.name);
        if (meaning.column == Column::Sku) _keys.emplace(meaning.rank, &field);
        if (meaning.column == Column::Imagen) _pictures.emplace(meaning.rank, &field);
        if (meaning.column == Column::Atributo)
        {
            const auto same = std::find_if(_attributes.begin(), _attributes.end(),
                                           [&](const auto& a) { return a.first == meaning.label; });
            if (same == _attributes.end())
                _attributes.emplace_back(meaning.label, Candidate{&field, meaning.rank});
            else if (meaning.rank < same->second.rank)
                same->second = {&field, meaning.rank};
            continue;
        }
        const auto [known, isNew] = _best.try_emplace(meaning.column, Candidate{&field, meaning.rank});
        if (!isNew && meaning.rank < known->second.rank) known->second = {&field, meaning.rank};
    }
}

void RecordMapping::noteIgnored(const std::string& name)
{
    auto& ignored = _mapper._ignored;
    if (!name.empty() && std::find(ignored.begin(), ignored.end(), name) == ignored.end()) ignored.push_back(name);
}

const Field* RecordMapping::best(Column column) const
{
    const auto found = _best.find(column);
    return found == _best.end() ? nullptr : found->second.field;
}

void RecordMapping::fault(const Field& field, const std::string& what) const
{
    _onFault(field.at, field.name + ": " + what);
}

std::string RecordMapping::textOf(const Field& field) const
{
    if (isNested(field)) fault(field, "expected a text or a number");
    return std::string(trimmed(field.text));
}

void RecordMapping::readSku()
{
    for (const auto& [rank, field] : _keys)
        if (auto key = textOf(*field); !key.empty()) _out.keys.push_back(std::move(key));
    if (_keys.empty()) return _onFault(_record.at, "there is no column sku (or producto, codigo, code, id)");
    const auto& field = *_keys.begin()->second;
    if (!_out.keys.empty()) _out.data.sku = _out.keys.front();
    const auto what = reglas::faultOfSku(_out.data.sku);
    if (!what.empty()) fault(field, what);
}

void RecordMapping::readNombre()
{
    const auto* field = best(Column::Nombre);
    if (field == nullptr) return _onFault(_record.at, "there is no column nombre (or name, title)");
    _out.data.nombre = textOf(*field);
    const auto what = reglas::faultOfNombre(_out.data.nombre);
    if (!what.empty()) fault(*field, what);
}

void RecordMapping::readPrecio()
{
    _out.data.moneda = _mapper._moneda;
    if (const auto* field = best(Column::Moneda); field != nullptr && !textOf(*field).empty())
    {
        _out.data.moneda = textOf(*field);
        if (!isCurrencyCode(_out.data.moneda)) fault(*field, "must be the three capital letters of a currency");
    }
    const auto* field = best(Column::Precio);
    if (field == nullptr) return _onFault(_record.at, "there is no column precio (or price, importe)");
    const auto text = textOf(*field);
    if (text.empty()) return fault(*field, "is missing");
    const auto price = parsePrice(text, minorDigits(_out.data.moneda));
    if (!price.fault.empty()) return fault(*field, price.fault);
    _out.data.importe = price.importe;
    if (price.isRounded) ++_mapper._roundedPrices;
}

void RecordMapping::readCategoria()
{
    const auto* field = best(Column::Categoria);
    if (field == nullptr) return;
    _out.hasCategoria = true;
    const auto nombre = textOf(*field);
    if (nombre.empty()) return;
    _out.data.categoria = Categoria{_mapper._folding.slug(nombre), nombre};
    auto what = reglas::faultOfCategoria(nombre);
    if (what.empty() && _out.data.categoria->id.empty()) what = "must have a letter or a digit";
    if (!what.empty()) fault(*field, what);
}

void RecordMapping::readMarca()
{
    const auto* field = best(Column::Marca);
    if (field == nullptr) return;
    _out.hasMarca = true;
    const auto text = textOf(*field);
    if (text.empty()) return;
    _out.data.marca = text;
    if (const auto what = reglas::faultOfMarca(text); !what.empty()) fault(*field, what);
}

void RecordMapping::readDescripcion()
{
    const auto* field = best(Column::Descripcion);
    if (field == nullptr) return;
    _out.hasDescripcion = true;
    const auto text = textOf(*field);
    if (text.empty()) return;
    _out.data.descripcion = text;
    if (const auto what = reglas::faultOfDescripcion(text); !what.empty()) fault(*field, what);
}

void RecordMapping::readExistencias()
{
    const auto* field = best(Column::Existencias);
    if (field == nullptr) return;
    _out.hasExistencias = true;
    const auto text = textOf(*field);
    if (text.empty()) return;
    _out.data.existencias = wholeNumber(text, reglas::kMaxExistencias);
    if (!_out.data.existencias) fault(*field, '"' + text + "\" is not a number of pieces");
}

void RecordMapping::readIva()
{
    const auto* field = best(Column::Iva);
    if (field == nullptr) return;
    _out.hasIva = true;
    const auto text = textOf(*field);
    if (text.empty()) return;
    if (!reglas::isIva(text)) return fault(*field, "must be general, reducido, superreducido or exento");
    _out.data.iva = text;
}

void RecordMapping::readPeso()
{
    const auto* field = best(Column::Peso);
    if (field == nullptr) return;
    _out.hasPeso = true;
    const auto text = textOf(*field);
    if (text.empty()) return;
    const auto grams = wholeNumber(text, reglas::kMaxPeso);
    if (!grams) return fault(*field, '"' + text + "\" is not a number of grams");
    _out.data.peso = *grams;
}

void RecordMapping::weighBy(std::string_view nombre, std::string_view valor)
{
    if (nombre != "Peso" || best(Column::Peso) != nullptr) return;
    const auto grams = reglas::gramos(valor);
    if (!grams) return;
    _out.hasPeso = true;
    _out.data.peso = *grams;
}

void RecordMapping::readImagenes()
{
    for (const auto& [rank, field] : _pictures)
    {
        if (field->kind == Field::Kind::List)
        {
            for (const auto& item : field->items) mention(item.second, *field);
            continue;
        }
        const auto text = textOf(*field);
        std::string_view rest = text;
        while (!rest.empty())
        {
            const auto end = std::min(rest.find('|'), rest.size());
            mention(trimmed(rest.substr(0, end)), *field);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}

void RecordMapping::mention(std::string_view name, const Field& field)
{
    if (name.empty()) return;
    if (isRemote(name))
    {
        ++_mapper._remotePictures;
        return;
    }
    if (_out.pictures.size() == reglas::kMaxImagenes)
        return fault(field, "more than " + std::to_string(reglas::kMaxImagenes) + " pictures");
    _out.pictures.push_back({std::string(name), field.at});
}

void RecordMapping::readAtributos()
{
    for (const auto& [label, candidate] : _attributes)
    {
        _out.hasAtributos = true;
        const auto& field = *candidate.field;
        addAtributo(label, isNested(field) ? joined(field) : std::string(trimmed(field.text)), field);
    }
    const auto* field = best(Column::Atributos);
    if (field == nullptr) return;
    _out.hasAtributos = true;
    if (field->kind != Field::Kind::Object && field->kind != Field::Kind::Null && !field->text.empty())
        return fault(*field, "expected an object of names and texts");
    for (const auto& [nombre, valor] : field->items) addAtributo(trimmed(nombre), std::string(trimmed(valor)), *field);
}

void RecordMapping::addAtributo(std::string_view nombre, std::string valor, const Field& field)
{
    if (valor.empty()) return;
    auto what = reglas::faultOfAtributo(nombre, valor);
    if (_out.data.atributos.size() == reglas::kMaxAtributos)
        what = "more than " + std::to_string(reglas::kMaxAtributos) + " attributes";
    if (!what.empty()) return fault(field, what);
    weighBy(nombre, valor);
    _out.data.atributos.push_back({std::string(nombre), std::move(valor)});
}

} // namespace catalogo
