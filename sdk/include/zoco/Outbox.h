#pragma once

#include "Crypto.h"
#include "Services.h"
#include "detail/FieldBytes.h"
#include "detail/Sealing.h"

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>

namespace zoco
{

/// Events that are as durable as what they tell of: a step of the same atomic group writes them, so that both are there
/// or neither. Who subscribed the topic gets them in one order, once or more often, also after a crash
/// (zoco/abi/events.h). They lie sealed until they are handed out. Made in `start`; lives as long as the service
/// handle. [any-thread]
class Outbox
{
public:
    Outbox() = default;
    /// `data`: the plugin's own handle to zoco.data/1. Throws when it does not take events. `crypto` outlives it.
    Outbox(const Service& data, const Crypto& crypto)
        : _data(data), _crypto(&crypto), _publish(data.operation("gestorbbdd.publicar", {"tema", "momento", "datos"}))
    {
    }

    /// Adds the event to the group. Throws ProblemException (ZOCO_E_INVALID) when it is none: the topic is not
    /// [a-z][a-z0-9._-]* of at most 100 bytes, there are more than 64 fields or 64 KiB, or a value is a reference or a
    /// list within a list.
    void add(Group& group, std::string_view topic, std::initializer_list<NamedValue> fields) const
    {
        const auto now = nowUs();
        const auto bytes = group.keep(_crypto->seal(encoded(topic, fields), detail::eventContext(topic, now)));
        group.add(_publish, {group.keep(std::string(topic)), Value::time(now), Value::blob(bytes)}, 1);
    }

    /// An event that tells of no change: a group of its own.
    Result<std::int64_t> publish(const CallContext& context, std::string_view topic,
                                 std::initializer_list<NamedValue> fields) const
    {
        Group group(_data);
        add(group, topic, fields);
        return group.run(context);
    }

private:
    static constexpr std::size_t kMostFields = 64;
    static constexpr std::size_t kMostBytes = 64 * 1024;

    static std::string encoded(std::string_view topic, std::initializer_list<NamedValue> fields)
    {
        const bool isTopic = !topic.empty() && topic.size() <= 100 && topic.front() >= 'a' && topic.front() <= 'z' &&
                             topic.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == topic.npos;
        auto bytes = detail::FieldWriter::write({fields.begin(), fields.size()});
        std::size_t values = fields.size();
        for (const auto& field : fields) values += field.value.kind == ZOCO_LIST ? field.value.aux : 0;
        const bool isSmall = bytes.size() + values * sizeof(zoco_value) <= kMostBytes;
        if (!isTopic || fields.size() > kMostFields || bytes.empty() || !isSmall)
            throw ProblemException({500, "event", "This is no event: " + std::string(topic), "", {}, ZOCO_E_INVALID});
        return bytes;
    }
    static std::int64_t nowUs() noexcept
    {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    }

    Service _data;
    const Crypto* _crypto = nullptr;
    Operation _publish;
};

} // namespace zoco
