#include "AvisosRepository.h"

namespace pedidos
{

using zoco::Result;
using zoco::Value;

AvisosRepository::AvisosRepository(const zoco::Service& data)
    : _data(data),
      _note(data.operation("aviso_anotar", {"tema", "suceso", "momento"})),
      _forget(data.operation("avisos_olvidar", {"antes"})),
      _noteGivenBack(data.operation("devuelto_anotar", {"pago", "importe", "pedido", "momento"})),
      _givenBack(data.operation("devuelto_antes", {"pedido", "momento"}))
{
}

void AvisosRepository::addNote(zoco::Group& group, const zoco::Event& event) const
{
    group.add(_note, {event.topic(), static_cast<std::int64_t>(event.number()), Value::time(event.timeUs())}, 1);
}

Result<void> AvisosRepository::noteGivenBack(std::string_view pago, std::string_view pedido, std::int64_t importe,
                                             std::int64_t momento) const
{
    auto done = _data.call({}, _noteGivenBack, {pago, importe, pedido, Value::time(momento)});
    if (!done && done.problem().code != ZOCO_E_DUPLICATE) return std::move(done.problem());
    return {};
}

Result<std::int64_t> AvisosRepository::givenBackBefore(std::string_view pedido, std::int64_t momento) const
{
    std::int64_t out = 0;
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call({}, _givenBack, {pedido, Value::time(momento)},
                                                       [&](const zoco::Row& row) { out = row.as<std::int64_t>(); }));
    return out;
}

Result<void> AvisosRepository::forget(std::int64_t before) const
{
    ZOCO_TRY([[maybe_unused]] auto changed, _data.call({}, _forget, {Value::time(before)}));
    return {};
}

} // namespace pedidos
