#include "AvisosRepository.h"

namespace pagos
{

using zoco::Value;

AvisosRepository::AvisosRepository(const zoco::Service& data)
    : _data(data),
      _add(data.operation("aviso_crear", {"id", "momento", "conector", "resultado", "motivo", "numero", "pago"})),
      _before(data.operation("avisos", {"antes", "id", "limite"})),
      _remove(data.operation("avisos_borrar", {"antes"}))
{
}

zoco::Result<void> AvisosRepository::add(const AvisoRecibido& a) const
{
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call({}, _add,
                                                    {a.id, Value::time(a.momento), a.conector, a.resultado, a.motivo,
                                                     a.numero, a.pago.empty() ? Value() : Value(a.pago)}));
    return {};
}

zoco::Result<std::vector<AvisoRecibido>> AvisosRepository::before(const zoco::CallContext& context, std::int64_t antes,
                                                                  std::string_view id, std::int64_t limit) const
{
    std::vector<AvisoRecibido> out;
    const auto take = [&](const zoco::Row& row)
    {
        auto& a = out.emplace_back();
        row.read(a.id, a.momento, a.conector, a.resultado, a.motivo, a.numero, a.pago);
    };
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call(context, _before, {Value::time(antes), id, limit}, take));
    return out;
}

zoco::Result<void> AvisosRepository::removeBefore(std::int64_t antes) const
{
    ZOCO_TRY([[maybe_unused]] auto rows, _data.call({}, _remove, {Value::time(antes)}));
    return {};
}

} // namespace pagos
