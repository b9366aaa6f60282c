#include "Estado.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace pedidos
{

namespace
{

constexpr std::array<std::pair<Estado, std::string_view>, 10> kEstados = {{{Estado::Pendiente, "pendiente"},
                                                                           {Estado::Confirmado, "confirmado"},
                                                                           {Estado::Pagado, "pagado"},
                                                                           {Estado::Preparado, "preparado"},
                                                                           {Estado::EnviadoParcial, "enviado_parcial"},
                                                                           {Estado::Enviado, "enviado"},
                                                                           {Estado::Entregado, "entregado"},
                                                                           {Estado::Cancelado, "cancelado"},
                                                                           {Estado::Devuelto, "devuelto"},
                                                                           {Estado::Caducado, "caducado"}}};

} // namespace

std::string_view nombreDe(Estado estado) noexcept
{
    for (const auto& [known, name] : kEstados)
        if (known == estado) return name;
    return {};
}

std::optional<Estado> estadoDe(std::string_view name) noexcept
{
    for (const auto& [estado, known] : kEstados)
        if (known == name) return estado;
    return std::nullopt;
}

const std::vector<Estado>& siguientes(Estado de)
{
    using E = Estado;
    static const std::map<Estado, std::vector<Estado>> kTable = {
        {E::Pendiente, {E::Confirmado, E::Pagado, E::Cancelado, E::Caducado}},
        {E::Confirmado, {E::Pagado, E::Cancelado, E::Caducado}},
        {E::Pagado, {E::Preparado, E::Cancelado}},
        {E::Preparado, {E::EnviadoParcial, E::Enviado, E::Cancelado}},
        {E::EnviadoParcial, {E::EnviadoParcial, E::Enviado}},
        {E::Enviado, {E::Entregado, E::Devuelto}},
        {E::Entregado, {E::Devuelto}},
        {E::Cancelado, {}},
        {E::Devuelto, {}},
        {E::Caducado, {}}};
    return kTable.at(de);
}

bool isPosible(Estado de, Estado a)
{
    const auto& next = siguientes(de);
    return std::find(next.begin(), next.end(), a) != next.end();
}

std::string faultOfTransicion(Estado de, Estado a)
{
    std::string out = "An order that is ";
    out.append(nombreDe(de)).append(" cannot become ").append(nombreDe(a));
    const auto& next = siguientes(de);
    if (next.empty()) return out.append("; it stays as it is.");
    out.append("; it can become ");
    for (std::size_t i = 0; i < next.size(); ++i) out.append(i == 0 ? "" : ", ").append(nombreDe(next[i]));
    return out.append(".");
}

} // namespace pedidos
