#include "Rotacion.h"

#include "Sello.h"

#include <array>
#include <charconv>
#include <utility>

namespace usuarios
{

using zoco::Value;

namespace
{

constexpr int kRotationPage = 100;

constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kColumns = {{
    {"usuarios", "correo"},
    {"usuarios", "nombre"},
    {"usuarios", "clave"},
    {"usuarios", "telefono"},
    {"usuarios", "nif"},
    {"usuarios", "totp"},
    {"sesiones", "agente"},
    {"sesiones", "direccion"},
    {"fichas", "datos"},
    {"cambios", "correo"},
    {"direcciones", "datos"},
    {"auditoria", "detalle"},
    {"externos", "correo"},
}};

} // namespace

Rotacion::Rotacion(const zoco::Service& data, const zoco::Crypto& crypto) : _data(data), _crypto(crypto)
{
    for (const auto& [table, name] : kColumns)
    {
        const auto operation = std::string("rotar_").append(table).append("_").append(name);
        _columns.push_back({table, name, data.operation(operation + "_pagina", {"desde", "limite"}),
                            data.operation(operation, {"id", "antes", "despues"})});
    }
}

zoco::RotationPage Rotacion::page(std::string_view cursor) const
{
    std::size_t number = 0;
    const auto colon = cursor.find(':');
    if (colon != std::string_view::npos) std::from_chars(cursor.data(), cursor.data() + colon, number);
    const std::string after(colon == std::string_view::npos ? "" : cursor.substr(colon + 1));
    zoco::RotationPage out;
    if (number >= _columns.size())
    {
        out.isOver = true;
        return out;
    }
    const auto& column = _columns[number];
    std::vector<std::pair<std::string, std::string>> rows;
    const auto take = [&](const zoco::Row& row)
    {
        auto& r = rows.emplace_back();
        row.read(r.first, r.second);
    };
    _data.call({}, column.page, {after, kRotationPage}, take).value();
    for (const auto& [id, sealed] : rows)
        if (!_crypto.isCurrent(sealed)) seal(column, id, sealed);
    const bool isColumnOver = rows.size() < static_cast<std::size_t>(kRotationPage);
    out.cursor = isColumnOver ? std::to_string(number + 1) + ':' : std::to_string(number) + ':' + rows.back().first;
    out.isOver = isColumnOver && number + 1 == _columns.size();
    return out;
}

/// A row that was changed meanwhile is left alone: who changed it sealed it under the active key.
void Rotacion::seal(const Column& column, const std::string& id, const std::string& sealed) const
{
    const auto context = Sello::contextOf(column.table, column.name, id);
    const auto again = _crypto.seal(_crypto.open(sealed, context).value(), context);
    _data.call({}, column.write, {id, Value::blob(sealed), Value::blob(again)}).value();
}

} // namespace usuarios
