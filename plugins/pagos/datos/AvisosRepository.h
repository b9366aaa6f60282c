#pragma once

#include "zoco/Services.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// A notification that a payment service sent. A value.
struct AvisoRecibido
{
    std::string id;
    std::int64_t momento = 0; ///< microseconds
    std::string conector;
    std::string resultado; ///< "aceptada", "repetida", "rechazada"
    std::string motivo{};  ///< why it was refused
    std::string numero{};  ///< what it says the payment is
    std::string pago{};    ///< empty: it is of none, or was refused before that was known
};

/// The table of those. [any-thread]
class AvisosRepository
{
public:
    /// Made in start; `data` outlives it.
    explicit AvisosRepository(const zoco::Service& data);

    zoco::Result<void> add(const AvisoRecibido& aviso) const;
    /// The latest first, from before (`antes`, `id`) on.
    zoco::Result<std::vector<AvisoRecibido>> before(const zoco::CallContext& context, std::int64_t antes,
                                                    std::string_view id, std::int64_t limit) const;
    zoco::Result<void> removeBefore(std::int64_t antes) const;

private:
    const zoco::Service& _data;
    zoco::Operation _add, _before, _remove;
};

} // namespace pagos
