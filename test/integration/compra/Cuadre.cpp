#include "Cuadre.h"

#include <stdexcept>

namespace zoco::test
{

namespace
{

constexpr int kPieces = 10;

constexpr const char* kPaid = "('pagado', 'preparado', 'enviado_parcial', 'enviado')";

bool isPaid(const std::string& estado) { return std::string(kPaid).find('\'' + estado + '\'') != std::string::npos; }

} // namespace

Cuadre::Cuadre(const std::string& books, const Query& query, const std::map<std::string, Compra>& compras)
    : _query(query), _compras(compras)
{
    for (const auto& row : query("SELECT numero, id, pedido, estado FROM pagos_pagos"))
        _pagos[row[0]] = {row[1], row[2], row[3], {}, {}, false};
    std::map<std::string, Pago*> byId;
    for (auto& [numero, pago] : _pagos) byId[pago.id] = &pago;
    for (const auto& row : query("SELECT pago, hecho, importe, COALESCE(efecto, '') FROM pagos_sucesos"))
    {
        auto& pago = *byId.at(row[0]);
        if (row[1] == "capturado") pago.shop.captured += std::stoll(row[2]);
        if (row[1] == "reembolsado") pago.shop.refunded += std::stoll(row[2]);
        if (row[1] == "autorizado") pago.shop.held += std::stoll(row[2]);
        if (row[1] == "anulado") pago.shop.held -= std::stoll(row[2]);
        if (row[3].starts_with("k:devolver:") || row[3].starts_with("k:o:")) pago.isReported = true;
    }
    for (auto& [numero, pago] : _pagos)
        if (pago.shop.held > 0) pago.shop.held -= pago.shop.captured;
    rapidjson::Document document;
    document.Parse(books.data(), books.size());
    if (document.HasParseError()) throw std::runtime_error("no books: " + books);
    for (const auto& operation : document["operaciones"].GetArray())
    {
        const auto found = _pagos.find(operation["numero"].GetString());
        Movido moved;
        for (const auto& m : operation["movimientos"].GetArray())
        {
            const int type = m["tipo"].GetInt();
            const auto amount = m["importe"].GetInt64();
            if (type == 0 || type == 2) moved.captured += amount;
            if (type == 1) moved.held += amount;
            if (type == 2 || type == 9) moved.held -= amount;
            if (type == 2) ++_count.heldLater;
            if (type == 3) moved.refunded += amount;
            if (type == 3) ++moved.refunds;
        }
        if (found == _pagos.end() && moved.kept() > 0) _strange = operation["numero"].GetString();
        if (found != _pagos.end()) found->second.bank = moved;
        _count.charges += operation["movimientos"].Empty() ? 0 : 1; // money that was held counts too
        _count.wholeRefunds += moved.captured > 0 && moved.captured == moved.refunded ? 1 : 0;
        _count.partRefunds += moved.refunded > 0 && moved.captured > moved.refunded ? 1 : 0;
    }
    for (const auto& row : query(std::string("SELECT COUNT(*) FROM pedidos_pedidos WHERE estado IN ") + kPaid))
        _count.paid = std::stoi(row[0]);
}

std::string Cuadre::fault() const
{
    if (!_strange.empty()) return "the bank took money for a payment that the shop does not know: " + _strange;
    for (const auto& what : {faultOfPayments(), faultOfTasks(), faultOfOrders(), faultOfStock()})
        if (!what.empty()) return what;
    return {};
}

std::string Cuadre::faultOfPayments() const
{
    for (const auto& [numero, pago] : _pagos)
    {
        const auto name = "payment " + pago.id + " (" + pago.estado + ") ";
        if (pago.estado == "desconocido") return name + "stays unknown";
        if (pago.shop.captured != pago.bank.captured)
            return name + "has captured " + std::to_string(pago.shop.captured) + ", the bank " +
                   std::to_string(pago.bank.captured);
        if (pago.shop.held != pago.bank.held)
            return name + "holds " + std::to_string(pago.shop.held) + ", the bank " + std::to_string(pago.bank.held);
        if (pago.shop.refunded != pago.bank.refunded)
            return name + "has given back " + std::to_string(pago.shop.refunded) + ", the bank " +
                   std::to_string(pago.bank.refunded);
    }
    return {};
}

std::string Cuadre::faultOfOrder(const std::string& pedido, const std::string& estado, std::int64_t total) const
{
    const auto name = "order " + pedido + " (" + estado + ") ";
    int charges = 0;
    for (const auto& [numero, pago] : _pagos)
    {
        if (pago.pedido != pedido || pago.bank.captured + pago.bank.held == 0) continue;
        const auto kept = pago.bank.kept();
        if (pago.bank.captured + pago.bank.held != total) return name + "was charged another amount";
        if (pago.bank.refunds > 2) return name + "was given back too often";
        if (estado == "enviado" && pago.bank.held > 0) return name + "is sent, and its money only held";
        if (kept == 0)
        {
            if (!pago.isReported) return name + "got its money back, and nothing tells why";
            continue;
        }
        const auto known = _compras.find(pedido);
        const bool isPart = kept == total - Comprador::kParte;
        if (kept != total && !isPart) return name + "is charged " + std::to_string(kept);
        if (!isPart && known != _compras.end() && known->second.isRefundAcknowledged)
            return name + "did not get back what the shop said";
        ++charges;
    }
    if (isPaid(estado) && charges != 1) return name + "is charged " + std::to_string(charges) + " times";
    if (!isPaid(estado) && charges != 0) return name + "holds money";
    return {};
}

std::string Cuadre::faultOfOrders() const
{
    for (const auto& row : _query("SELECT id, estado, total FROM pedidos_pedidos"))
        if (auto what = faultOfOrder(row[0], row[1], std::stoll(row[2])); !what.empty()) return what;
    return {};
}

std::string Cuadre::faultOfStock() const
{
    if (const auto rows = _query("SELECT pedido FROM catalogo_reservas"); !rows.empty())
        return "order " + rows[0][0] + " still reserves its piece";
    for (const auto& row :
         _query("SELECT p.sku, p.existencias, (SELECT COALESCE(SUM(l.cantidad), 0) FROM pedidos_lineas l "
                "JOIN pedidos_pedidos o ON o.id = l.pedido WHERE l.producto = p.id AND o.estado IN " +
                std::string(kPaid) + ") FROM catalogo_productos p"))
        if (std::stoi(row[1]) < 0 || std::stoi(row[1]) + std::stoi(row[2]) != kPieces)
            return "product " + row[0] + " has " + row[1] + " pieces, and " + row[2] + " are sold";
    return {};
}

std::string Cuadre::faultOfTasks() const
{
    for (const auto& row : _query("SELECT id, orden, estado, detalle FROM pagos_ordenes WHERE estado <> 'hecho'"))
        return row[1] + ' ' + row[0] + " is " + row[2] + ", " + row[3];
    return {};
}

} // namespace zoco::test
