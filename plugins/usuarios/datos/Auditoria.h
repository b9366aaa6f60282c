#pragma once

#include "Sello.h"
#include "zoco/Events.h"
#include "zoco/Services.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// An entry of the audit log.
struct Apunte
{
    std::string id; ///< 20 digits, from 1 on without gaps
    std::int64_t evento = 0;
    std::int64_t momento = 0;
    std::string autor; ///< the plugin that wrote it
    std::string actor;
    std::string accion;
    std::string objeto;
    std::string detalle; ///< in clear
    std::string huella;
};

/// The audit log in the data service: auditoria.sql. Each entry has a keyed hash over itself and the entry before, so
/// that none can be changed, left out or put in between by who has the database and not the keys. [any-thread]
class Auditoria
{
public:
    Auditoria(const zoco::Service& data, const zoco::Crypto& crypto);

    /// Writes the entry that an event of the topic zoco.audit brings; one that was written already is left alone.
    /// Throws ProblemException when it cannot: the event then comes again. One at a time.
    void take(const zoco::Event& event) const;

    /// Hands out all entries in their order, until `onEntry` says false.
    zoco::Result<void> forEach(const zoco::CallContext& context,
                               const std::function<bool(const Apunte&)>& onEntry) const;

    /// Where the log begins since what is older was deleted.
    struct Corte
    {
        std::string ultimo; ///< the last entry that is gone; empty: none is
        std::string huella; ///< its hash
        bool isGood = true; ///< it was written by who has the keys
    };
    zoco::Result<Corte> corte(const zoco::CallContext& context) const;
    /// Deletes at most `limit` entries from the beginning that are older than `before`; the last of all stays, so that
    /// the chain goes on. How many.
    zoco::Result<std::int64_t> removeOld(std::int64_t before, int limit) const;

    /// The hash that an entry must have behind one with `before`.
    std::string hashOf(const Apunte& entry, std::string_view before) const;

private:
    Apunte entryOf(const zoco::Event& event) const;
    std::string signatureOf(std::string_view ultimo, std::string_view huella) const;

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    Sello _sello;
    zoco::Operation _last, _ofEvent, _write, _page, _first, _corte, _moveCorte, _removeUpTo;
};

/// What is wrong with the chain: at which entry; nothing when it is whole from where it begins by now. `count` gets how
/// many entries there are.
zoco::Result<std::optional<std::string>> faultOfChain(const Auditoria& log, const zoco::CallContext& context,
                                                      std::int64_t& count);

} // namespace usuarios
