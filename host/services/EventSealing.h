#pragma once

#include "HostService.h"
#include "core/keys/FieldCipher.h"
#include "core/keys/RotatedPage.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Seals durable events again, those that wait and those that were put aside, when keys change: each as a whole, and of
/// a mail its content too. What else plugins sealed themselves and put into an event only they could seal again.
/// [any-thread]
class EventSealing
{
public:
    /// Both outlive it. Before the first change of `data`.
    EventSealing(const HostService& data, const KeyRing& keys);

    /// One page of a rotation (zoco/abi/crypto.h). A negative status: it has to come again.
    zoco_status sealEvents(std::string_view cursor, RotatedPage& out) const;
    zoco_status sealDead(std::string_view cursor, RotatedPage& out) const;

    /// How many events, kept or put aside, hold a value that was sealed under this key.
    Result<std::size_t> holding(KeyId key) const;

private:
    struct EventRow
    {
        std::int64_t id = 0;
        std::string topic;
        std::int64_t time = 0;
        std::string bytes;
    };
    struct DeadRow
    {
        std::int64_t number = 0;
        std::string plugin, topic, node;
        std::int64_t time = 0;
        std::string bytes;
    };

    Result<std::vector<EventRow>> eventsAfter(std::int64_t id) const;
    Result<std::vector<DeadRow>> deadAfter(std::string_view cursor) const;
    static std::string cursorOf(const DeadRow& row);
    bool sealAgain(std::string_view topic, std::int64_t timeUs, std::string& bytes) const;
    std::string sealedMail(std::string_view plain) const;
    bool holds(std::string_view topic, std::int64_t timeUs, std::string_view bytes, KeyId key) const;

    const Service _data;
    const Operation _events, _seal, _dead, _sealDead;
    const FieldCipher _cipher;
};

} // namespace zoco::host
