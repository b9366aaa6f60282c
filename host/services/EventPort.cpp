#include "EventPort.h"

#include "StoredEvent.h"
#include "zoco/Problem.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{
constexpr std::uint32_t kQueueLimit = 1'000, kMostQueueLimit = 100'000;
} // namespace

std::string subscriptionReason(std::string_view topic, std::string_view why)
{
    return "subscription '" + std::string(topic.substr(0, 100)) + "': " + std::string(why);
}

bool readSubscription(const zoco_subscription& raw, zoco_subscription& out, std::string& reason)
{
    out = {};
    std::memcpy(&out, &raw, std::min<std::size_t>(raw.struct_size, sizeof out));
    const auto topic = view(out.topic);
    const auto refuse = [&](const char* why)
    {
        reason = subscriptionReason(topic, why);
        return false;
    };
    if (!StoredEvent::isTopic(topic)) return refuse("the topic must be [a-z][a-z0-9._-]*, at most 100 long");
    if (out.kind != ZOCO_COMPETING && out.kind != ZOCO_BROADCAST) return refuse("its kind is not known");
    if (out.handler == nullptr) return refuse("it has no handler");
    if (out.queue_limit > kMostQueueLimit) return refuse("its queue is longer than 100,000");
    if (out.queue_limit == 0) out.queue_limit = kQueueLimit;
    return true;
}

} // namespace zoco::host
