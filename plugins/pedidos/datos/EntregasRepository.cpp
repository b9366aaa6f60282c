#include "EntregasRepository.h"

namespace pedidos
{

using zoco::Group;
using zoco::Value;

EntregasRepository::EntregasRepository(const zoco::Service& data)
    : _advance(data.operation("pedido_avanzar", {"id", "de", "version", "a"})),
      _expedicion(data.operation("expedicion_crear",
                                 {"pedido", "id", "momento", "transportista", "seguimiento", "url", "piezas"})),
      _devolucion(
          data.operation("devolucion_crear", {"pedido", "id", "momento", "motivo", "importe", "envio", "piezas"})),
      _recepcion(data.operation("devolucion_recibir", {"pedido", "id", "envio", "recibida"}))
{
}

void EntregasRepository::addAdvance(Group& group, const Pedido& pedido, Estado a) const
{
    group.add(_advance, {pedido.id, nombreDe(pedido.estado), pedido.version, nombreDe(a)}, 1);
}

void EntregasRepository::addExpedicion(Group& group, std::string_view pedido, const Expedicion& e) const
{
    group.add(
        _expedicion,
        {pedido, e.id, Value::time(e.momento), e.transportista, e.seguimiento, e.url, group.keep(textoDe(e.lineas))},
        1);
}

void EntregasRepository::addDevolucion(Group& group, std::string_view pedido, const Devolucion& d) const
{
    group.add(_devolucion,
              {pedido, d.id, Value::time(d.momento), d.motivo, d.importe, d.envio, group.keep(textoDe(d.lineas))}, 1);
}

void EntregasRepository::addRecepcion(Group& group, std::string_view pedido, const Devolucion& d) const
{
    group.add(_recepcion, {pedido, d.id, d.envio, Value::time(d.recibida.value())}, 1);
}

} // namespace pedidos
