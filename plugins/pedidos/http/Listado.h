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
    std::optional<Lugar> detras; ///< nothing: from the beginning
    int limite = 0;
};

/// Of the parameters `limite` and `cursor`; faults are added to `errors`.
Pagina paginaDe(const zoco::Request& request, std::vector<zoco::FieldError>& errors);

/// Leaves of a list, which has one more when there are more, what the page shows. Whether there are more.
template <class T>
bool cutTo(const Pagina& page, std::vector<T>& list)
{
    const bool hasMore = list.size() > static_cast<std::size_t>(page.limite);
    if (hasMore) list.pop_back();
    return hasMore;
}

/// What `cursor` has to be for what comes behind a place. A forged one leads to another place of the same list.
std::string cursorDe(const Lugar& place);

/// Of the parameters `estado`, `desde`, `hasta` and `q`; what is blank does not count. Faults are added to `errors`.
PedidosRepository::Filtro filtroDe(const zoco::Request& request, const PedidosRepository& orders,
                                   std::vector<zoco::FieldError>& errors);

} // namespace pedidos
