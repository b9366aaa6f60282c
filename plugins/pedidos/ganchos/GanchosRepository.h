#pragma once

#include "Gancho.h"
#include "datos/Lugar.h"
#include "zoco/Crypto.h"
#include "zoco/Log.h"
#include "zoco/Services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pedidos
{

/// Webhooks in the data service: ganchos.sql. Times in microseconds. [any-thread]
class GanchosRepository
{
public:
    /// [lifecycle, in start] Both outlive it.
    GanchosRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    zoco::Result<std::vector<Gancho>> all(const zoco::CallContext& context) const;
    zoco::Result<std::optional<Gancho>> find(const zoco::CallContext& context, std::string_view id) const;
    void addCreate(zoco::Group& group, const Gancho& gancho, std::string_view secreto) const;
    /// With all that was told to it.
    zoco::Result<void> remove(const zoco::CallContext& context, std::string_view id) const;

    /// Whether there were any by then.
    zoco::Result<bool> any(std::int64_t by) const;
    /// All of them that want its kind are to be told of an event, once, until a time. Returns how many.
    zoco::Result<std::int64_t> announce(const EntregaGancho& event, std::int64_t until) const;
    /// Which of them are to be told something by now.
    zoco::Result<std::vector<std::string>> due(std::int64_t now, int limit) const;
    zoco::Result<std::optional<TurnoGancho>> next(std::string_view gancho, std::int64_t now) const;
    /// Who gets ZOCO_OK makes this try; should it never end, another is due at `until`. ZOCO_E_GUARD: somebody else.
    zoco::Result<void> claim(std::string_view gancho, const TurnoGancho& turn, std::int64_t until) const;
    /// What became of it: the log, and the state with the next try, unless it was asked for anew meanwhile.
    zoco::Result<void> finish(std::string_view gancho, std::int64_t claimed, const IntentoGancho& intento,
                              std::string_view estado, std::optional<std::int64_t> next) const;

    /// Newest first, behind a place.
    zoco::Result<std::vector<EntregaGancho>> deliveries(const zoco::CallContext& context, std::string_view gancho,
                                                        const std::optional<Lugar>& after, int limit) const;
    zoco::Result<std::optional<EntregaGancho>> delivery(const zoco::CallContext& context, std::string_view gancho,
                                                        std::string_view id) const;
    /// Of these deliveries, oldest first.
    zoco::Result<std::vector<IntentoGancho>> tries(const zoco::CallContext& context, std::string_view gancho,
                                                   const std::vector<EntregaGancho>& of) const;
    /// Adds that it is to be told once more.
    void addRepeat(zoco::Group& group, std::string_view gancho, std::string_view id, std::int64_t now,
                   std::int64_t until) const;

    /// Forgets what is older and over.
    zoco::Result<void> forget(std::int64_t before) const;

    /// The secret of a row.
    zoco::Result<std::string> opened(std::string_view gancho, std::string_view sealed) const;
    /// Seals a page of secrets again that are under an old key; one that cannot be opened is left and logged.
    zoco::RotationPage rotated(std::string_view cursor, const zoco::Log& log) const;

private:
    static std::string contextOf(std::string_view id) { return "pedidos_ganchos.secreto:" + std::string(id); }

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    zoco::Operation _create, _all, _find, _remove, _removeDeliveries, _removeTries, _any, _announce, _due, _next,
        _claim, _finish, _try, _deliveries, _delivery, _tries, _repeat, _forgetDeliveries, _forgetTries, _page, _reseal;
};

} // namespace pedidos
