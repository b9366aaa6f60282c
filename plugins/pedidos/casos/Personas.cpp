#include "Personas.h"

#include "datos/LectorPedido.h"
#include "datos/Rotacion.h"
#include "facturas/FacturaVista.h"

namespace pedidos
{

using zoco::Row;
using zoco::Value;

Personas::Personas(const Entorno& entorno, const Vista& vista, const FacturasRepository& facturas)
    : _e(entorno),
      _vista(vista),
      _facturas(facturas),
      _of(entorno.data.operation("pedidos_de_persona", {"usuario", "correo", "invitado"})),
      _forget(entorno.data.operation("pedido_olvidar", {"id", "datos"})),
      _forgetCart(entorno.data.operation("carrito_olvidar", {"dueno"})),
      _forgetCartLines(entorno.data.operation("carrito_lineas_olvidar", {"dueno"})),
      _page(entorno.data.operation("rotar_pagina", {"desde", "limite"})),
      _reseal(entorno.data.operation("rotar", {"id", "antes", "despues"}))
{
}

std::vector<zoco::PersonalDataUse> Personas::uses()
{
    return {{"Dirección de envío, correo y teléfono de cada pedido",
             "Servir lo comprado y tratar lo que pase con ello",
             "Ejecución de un contrato",
             "Hasta que el pedido queda sin efecto, o lo que manda la ley fiscal",
             {"Delivery address, e-mail address and telephone number of each order",
              "Delivering what was bought and dealing with what becomes of it", "Performance of a contract",
              "Until the order comes to nothing, or as long as tax law demands"}},
            {"Pedidos pagados y sus facturas: qué se compró, cuándo, por cuánto, y nombre y dirección",
             "Llevar las cuentas",
             "Obligación legal",
             "Seis años (Código de Comercio, artículo 30)",
             {"Paid orders and their invoices: what was bought, when, for how much, and name and address",
              "Keeping the books", "Legal obligation", "Six years (Spanish Commercial Code, article 30)"}}};
}

std::vector<Personas::Fila> Personas::ordersOf(const zoco::DataSubject& subject) const
{
    const auto index = subject.correo.empty() ? std::string("-") : _e.pedidos.indexOf(subject.correo);
    std::vector<Fila> out;
    _e.data
        .call({}, _of, {subject.usuario, index, subject.usuario.empty()},
              [&](const Row& row) { out.push_back(row.as<Fila>()); })
        .value();
    return out;
}

std::vector<zoco::PersonalRecords> Personas::exported(const zoco::DataSubject& subject) const
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    const auto orders = ordersOf(subject);
    for (const auto& order : orders)
        if (const auto whole = _e.pedidos.find({}, order.id).value()) json.raw(_vista.pedido(*whole, ""));
    json.endArray();
    std::vector<zoco::PersonalRecords> all{{"pedidos", out}};
    if (auto invoices = invoicesOf(orders); invoices != "[]") all.push_back({"facturas", std::move(invoices)});
    return all;
}

std::string Personas::invoicesOf(const std::vector<Fila>& orders) const
{
    std::string out;
    zoco::JsonWriter json(out);
    json.beginArray();
    for (const auto& order : orders)
    {
        auto invoices = _facturas.of({}, order.id).value();
        for (auto& f : invoices)
        {
            f.lineas = _facturas.lines({}, f.numero).value();
            json.raw(jsonDe(f));
        }
    }
    json.endArray();
    return out;
}

std::string Personas::erased(const zoco::DataSubject& subject) const
{
    bool isKept = false;
    for (const auto& order : ordersOf(subject))
    {
        const auto state = estadoDe(order.estado).value();
        if (state != Estado::Cancelado && state != Estado::Caducado)
        {
            isKept = true;
            continue;
        }
        isKept = isKept || !_facturas.of({}, order.id).value().empty(); // it had been paid
        const auto nothing = _e.crypto.seal(textoDe(DatosPersonales()), contextOfDatos(order.id));
        _e.data.call({}, _forget, {order.id, Value::blob(nothing)}).value();
    }
    if (!subject.usuario.empty())
    {
        const auto owner = "u:" + subject.usuario;
        zoco::Group group(_e.data);
        group.add(_forgetCartLines, {owner});
        group.add(_forgetCart, {owner});
        group.run({}).value();
    }
    return isKept ? "Los pedidos en curso, y los pagados con sus facturas, seis años, por obligación legal." : "";
}

zoco::RotationPage Personas::rotated(std::string_view cursor) const
{
    return rotatedPage(_e.data, _e.crypto, {_page, _reseal, &contextOfDatos}, cursor);
}

} // namespace pedidos
