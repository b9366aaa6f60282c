#pragma once

#include "zoco/abi/events.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// An event on its way: owns copies of all that its publisher lent. Immutable.
class StoredEvent
{
public:
    static constexpr std::uint32_t kMostFields = 64;
    static constexpr std::size_t kMostBytes = 64 * 1024; ///< of names, texts and blobs, and of its values

    static bool isTopic(std::string_view topic);
    /// Whether it is a topic, there is not too much, and every value can travel.
    static bool canBe(std::string_view topic, const zoco_field* fields, std::uint32_t count);
    /// Null when the topic is none, there is too much of it, or a value cannot travel.
    static std::shared_ptr<StoredEvent> copy(std::string_view publisher, std::string_view topic,
                                             const zoco_field* fields, std::uint32_t count);

    /// Before it is shared.
    void stamp(std::uint64_t sequence, std::int64_t timeUs) noexcept;
    /// Of one that is kept: its number and when it was published. Before it is shared.
    void stampDurable(std::uint64_t number, std::int64_t timeUs) noexcept;
    /// Its place in the order of this process, when it is handed to a queue.
    void stampSequence(std::uint64_t sequence) noexcept { _raw.sequence = sequence; }
    bool isDurable() const noexcept { return _raw.number != 0; }
    const zoco_event& raw() const noexcept { return _raw; }

private:
    StoredEvent() = default;
    static bool measure(const zoco_field* fields, std::uint32_t count, std::size_t& bytes, std::size_t& items);
    static bool measure(const zoco_value& value, bool isInList, std::size_t& bytes, std::size_t& items);
    zoco_str keep(std::string_view text);
    zoco_value keep(const zoco_value& value);

    zoco_event _raw{};
    std::string _bytes;             ///< reserved whole, so that views into it stay
    std::vector<zoco_value> _items; ///< of lists; reserved whole too
    std::vector<zoco_field> _fields;
};

} // namespace zoco::host
