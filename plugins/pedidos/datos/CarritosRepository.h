#pragma once

#include "model/Carrito.h"
#include "zoco/Services.h"

#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Carts in the data service: carritos.sql. What begins with `add` adds steps to the caller's group. [any-thread]
class CarritosRepository
{
public:
    /// [lifecycle, in start] `data` outlives it.
    explicit CarritosRepository(const zoco::Service& data);

    /// The carts of these owners, as far as there are any.
    zoco::Result<std::vector<Carrito>> of(const zoco::CallContext& context,
                                          const std::vector<std::string>& owners) const;
    struct Viejo
    {
        std::string id;
        std::int64_t version = 0;
    };
    /// At most `limit` that nobody has changed since `before`.
    zoco::Result<std::vector<Viejo>> unchangedSince(const zoco::CallContext& context, std::int64_t before,
                                                    int limit) const;

    /// Writes what `after` has otherwise than `before`, which is what was read. Guarded: fails with ZOCO_E_GUARD, or
    /// ZOCO_E_DUPLICATE, when it is not the same any more. A cart that was not stored needs an id. Both live until the
    /// group has run.
    void addSave(zoco::Group& group, const Carrito& before, const Carrito& after, std::int64_t now) const;
    /// Takes the whole cart away, guarded in the same way.
    void addRemove(zoco::Group& group, std::string_view id, std::int64_t version) const;

private:
    const zoco::Service& _data;
    zoco::Operation _of, _create, _change, _remove, _removeLines, _createLine, _changeLine, _removeLine, _old;
};

} // namespace pedidos
