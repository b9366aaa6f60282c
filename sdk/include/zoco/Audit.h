#pragma once

#include "Outbox.h"

#include <string_view>

namespace zoco
{

/// The topic by which entries of the audit log travel.
inline constexpr std::string_view kAuditTopic = "zoco.audit";

/// Something that matters to security and was done. Borrowed until `add` returns.
struct AuditEntry
{
    std::string_view actor;  ///< id of the user who did it, or a word such as "operador"; at most 128 bytes
    std::string_view action; ///< a stable word: "clave-cambiada"; at most 60 bytes
    std::string_view object; ///< id of what it was done to; at most 128 bytes, no personal data
    std::string_view detail; ///< sealed, so it may be personal; never a password, token or card
};

/// Writes to the shop's audit log, which is append-only and hash-chained: an entry is a durable event in the atomic
/// group of what it tells of, so that nothing is done without its entry, and none tells of what was not done. The
/// plugin `usuarios` takes it from there, and `zoco audit` shows it. Made in start; [any-thread].
class AuditOutbox
{
public:
    /// `data` is zoco.data/1. Both outlive it.
    AuditOutbox(const Service& data, const Crypto& crypto) : _outbox(data, crypto) {}

    void add(Group& group, const AuditEntry& entry) const
    {
        _outbox.add(
            group, kAuditTopic,
            {{"actor", entry.actor}, {"accion", entry.action}, {"objeto", entry.object}, {"detalle", entry.detail}});
    }

private:
    Outbox _outbox;
};

} // namespace zoco
