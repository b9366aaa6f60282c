#pragma once

#include "HostService.h"
#include "core/keys/KeySet.h"

#include <string>

namespace zoco::host
{

/// What the database knows of the keys that were ever active on it: their ids, and what tells two keys of one id apart.
/// So a host whose ring is another one is found out before it seals what others cannot open. [any-thread]
class KeyLedger
{
public:
    /// `data` outlives it. Before the first change of it.
    explicit KeyLedger(const HostService& data);

    /// Why a host with these keys must not work on this database; empty: it may, and its active key is noted. Where
    /// nothing is kept there is nothing to be said. A set that seals nothing is noted as none.
    std::string admit(const KeySet& keys) const;
    /// The active one, unless it is there.
    zoco_status note(const KeySet& keys) const;
    zoco_status forget(KeyId id) const;

private:
    struct Known
    {
        bool hasIndex = false;
        bool hasActive = false;
        std::string fault; ///< why these keys are not those of this database
    };

    Known read(const KeySet& keys) const;
    zoco_status add(std::int64_t id, const std::string& fingerprint) const;

    const Service _data;
    const Operation _all, _add, _remove;
};

} // namespace zoco::host
