#include "AvisosRepository.h"

namespace pedidos
{

using zoco::Result;
using zoco::Value;

AvisosRepository::AvisosRepository(const zoco::Service& data)
    : _data(data),
      _target(data.operation("aviso_destino", {"pedido"})),
      _note(data.operation("aviso_anotar", {"tema", "suceso", "momento"})),
      _forget(data.operation("avisos_olvidar", {"antes"}))
{
}

Result<AvisosRepository::Destino> AvisosRepository::target(std::string_view pedido) const
{
    Destino out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call({}, _target, {pedido}, [&](const zoco::Row& row) { out = row.as<Destino>(); }));
    return out;
}

void AvisosRepository::addNote(zoco::Group& group, const zoco::Event& event) const
{
    group.add(_note, {event.topic(), static_cast<std::int64_t>(event.number()), Value::time(event.timeUs())}, 1);
}

Result<void> AvisosRepository::forget(std::int64_t before) const
{
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call({}, _forget, {Value::time(before)}));
    return {};
}

} // namespace pedidos
