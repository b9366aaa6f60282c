#include "CuponesRepository.h"

namespace pedidos
{

using zoco::CallContext;
using zoco::Result;
using zoco::Row;
using zoco::Value;

namespace
{

Cupon readCoupon(const Row& row)
{
    Cupon out;
    std::string_view kind;
    row.read(out.codigo, kind, out.valor, out.minimo, out.desde, out.hasta, out.limite, out.usados);
    out.clase = claseCupon(kind).value();
    return out;
}

Value timeOf(const std::optional<std::int64_t>& time) { return time ? Value::time(*time) : Value(); }

} // namespace

CuponesRepository::CuponesRepository(const zoco::Service& data)
    : _data(data),
      _find(data.operation("cupon", {"codigo"})),
      _page(data.operation("cupones", {"despues", "limite"})),
      _create(data.operation("cupon_crear", {"codigo", "clase", "valor", "minimo", "desde", "hasta", "limite"})),
      _use(data.operation("cupon_usar", {"codigo"})),
      _giveBack(data.operation("cupon_devolver", {"codigo"}))
{
}

Result<std::optional<Cupon>> CuponesRepository::find(const CallContext& context, std::string_view code) const
{
    std::optional<Cupon> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _find, {code}, [&](const Row& row) { out = readCoupon(row); }));
    return out;
}

Result<std::vector<Cupon>> CuponesRepository::page(const CallContext& context, std::string_view after, int limit) const
{
    std::vector<Cupon> out;
    ZOCO_TRY([[maybe_unused]] auto changed,
             _data.call(context, _page, {after, limit}, [&](const Row& row) { out.push_back(readCoupon(row)); }));
    return out;
}

void CuponesRepository::addCreate(zoco::Group& group, const Cupon& coupon) const
{
    group.add(_create,
              {coupon.codigo, nombreDe(coupon.clase), coupon.valor, coupon.minimo, timeOf(coupon.desde),
               timeOf(coupon.hasta), coupon.limite},
              1);
}

void CuponesRepository::addUse(zoco::Group& group, std::string_view code) const { group.add(_use, {code}, 1); }

void CuponesRepository::addGiveBack(zoco::Group& group, std::string_view code) const { group.add(_giveBack, {code}); }

} // namespace pedidos
