#pragma once

#include "datos/PedidosRepository.h"
#include "model/Pedido.h"
#include "zoco/Http.h"

#include <optional>
#include <string>
#include <vector>

namespace pedidos
{

/// Which part of a list somebody asks for. A value.
struct Pagina
{
    std::optional<PedidosRepository::Lugar> detras; ///< nothing: from the beginning
    int limite = 0;
};

/// Of the parameters `limite` and `cursor`; faults are added to `errors`.
Pagina paginaDe(const zoco::Request& request, std::vector<zoco::FieldError>& errors);

/// What `cursor` has to be for what comes behind a place. A forged one leads to another place of the same list.
std::string cursorDe(const PedidosRepository::Lugar& place);

/// Of the parameters `estado`, `desde`, `hasta` and `q`; what is blank does not count. Faults are added to `errors`.
PedidosRepository::Filtro filtroDe(const zoco::Request& request, const PedidosRepository& orders,
                                   std::vector<zoco::FieldError>& errors);

} // namespace pedidos
