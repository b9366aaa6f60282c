#pragma once

#include "HostService.h"
#include "core/keys/FieldCipher.h"
#include "core/keys/RotatedPage.h"

#include <string_view>

namespace zoco::host
{

/// Seals durable events again, those that wait and those that were put aside, when keys change. [any-thread]
class EventSealing
{
public:
    /// Both outlive it. Before the first change of `data`.
    EventSealing(const HostService& data, const KeyRing& keys);

    /// One page of a rotation (zoco/abi/crypto.h). A negative status: it has to come again.
    zoco_status sealEvents(std::string_view cursor, RotatedPage& out) const;
    zoco_status sealDead(std::string_view cursor, RotatedPage& out) const;

private:
    bool sealAgain(std::string_view topic, std::int64_t timeUs, std::string& bytes) const;

    const Service _data;
    const Operation _events, _seal, _dead, _sealDead;
    const FieldCipher _cipher;
};

} // namespace zoco::host
