#pragma once

#include "zoco/Events.h"
#include "zoco/Services.h"

#include <cstdint>
#include <string_view>

namespace pedidos
{

/// What mails about orders need of the data service: avisos.sql. [any-thread]
class AvisosRepository
{
public:
    /// [lifecycle, in start] `data` outlives it.
    explicit AvisosRepository(const zoco::Service& data);

    /// That a mail tells of this event, once: ZOCO_E_DUPLICATE when one did before.
    void addNote(zoco::Group& group, const zoco::Event& event) const;
    /// That so much of what was paid for an order has gone back by then, as the event pagos.cambiado tells.
    zoco::Result<void> noteGivenBack(std::string_view pago, std::string_view pedido, std::int64_t importe,
                                     std::int64_t momento) const;
    /// How much of what was paid for it had gone back before a time.
    zoco::Result<std::int64_t> givenBackBefore(std::string_view pedido, std::int64_t momento) const;
    /// Forgets which events of before a time (microseconds) were told of.
    zoco::Result<void> forget(std::int64_t before) const;

private:
    const zoco::Service& _data;
    zoco::Operation _note, _forget, _noteGivenBack, _givenBack;
};

} // namespace pedidos
