#pragma once

#include "model/Cupon.h"
#include "zoco/Services.h"

#include <optional>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Coupons in the data service: cupones.sql. [any-thread]
class CuponesRepository
{
public:
    /// [lifecycle, in start] `data` outlives it.
    explicit CuponesRepository(const zoco::Service& data);

    zoco::Result<std::optional<Cupon>> find(const zoco::CallContext& context, std::string_view code) const;
    /// At most `limit` behind a code, by code.
    zoco::Result<std::vector<Cupon>> page(const zoco::CallContext& context, std::string_view after, int limit) const;
    /// ZOCO_E_DUPLICATE: there is one with this code.
    void addCreate(zoco::Group& group, const Cupon& coupon) const;
    /// For one more order. ZOCO_E_GUARD: as many have used it as may.
    void addUse(zoco::Group& group, std::string_view code) const;
    /// That order came to nothing.
    void addGiveBack(zoco::Group& group, std::string_view code) const;

private:
    const zoco::Service& _data;
    zoco::Operation _find, _page, _create, _use, _giveBack;
};

} // namespace pedidos
