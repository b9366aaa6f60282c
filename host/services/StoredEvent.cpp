#include "StoredEvent.h"

#include "zoco/Problem.h"

namespace zoco::host
{

bool StoredEvent::isTopic(std::string_view topic)
{
    return !topic.empty() && topic.size() <= 100 && topic[0] >= 'a' && topic[0] <= 'z' &&
           topic.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos;
}

/// Adds up what a value takes. False when it cannot travel, or takes too much.
bool StoredEvent::measure(const zoco_value& value, bool isInList, std::size_t& bytes, std::size_t& items)
{
    bytes += sizeof(zoco_value);
    switch (value.kind)
    {
    case ZOCO_NULL:
    case ZOCO_BOOL:
    case ZOCO_INT:
    case ZOCO_REAL:
    case ZOCO_TIME:
        break;
    case ZOCO_TEXT:
    case ZOCO_BLOB:
        if (value.as.b.size > kMostBytes) return false;
        bytes += value.as.b.size;
        break;
    case ZOCO_LIST:
        if (isInList || value.aux > kMostBytes / sizeof(zoco_value)) return false;
        items += value.aux;
        for (std::uint32_t i = 0; i < value.aux; ++i)
            if (!measure(value.as.list[i], true, bytes, items)) return false;
        break;
    default:
        return false;
    }
    return bytes <= kMostBytes;
}

bool StoredEvent::measure(const zoco_field* fields, std::uint32_t count, std::size_t& bytes, std::size_t& items)
{
    for (std::uint32_t i = 0; i < count; ++i)
    {
        if (fields[i].name.size > kMostBytes) return false;
        bytes += fields[i].name.size;
        if (!measure(fields[i].value, false, bytes, items)) return false;
    }
    return true;
}

bool StoredEvent::canBe(std::string_view topic, const zoco_field* fields, std::uint32_t count)
{
    std::size_t bytes = 0, items = 0;
    return isTopic(topic) && count <= kMostFields && measure(fields, count, bytes, items);
}

std::shared_ptr<StoredEvent> StoredEvent::copy(std::string_view publisher, std::string_view topic,
                                               const zoco_field* fields, std::uint32_t count)
{
    if (!isTopic(topic) || count > kMostFields) return nullptr;
    std::size_t bytes = 0, items = 0;
    if (!measure(fields, count, bytes, items)) return nullptr;
    const std::shared_ptr<StoredEvent> out(new StoredEvent);
    out->_bytes.reserve(bytes + publisher.size() + topic.size());
    out->_items.reserve(items);
    out->_fields.reserve(count);
    for (std::uint32_t i = 0; i < count; ++i)
    {
        const auto name = out->keep(view(fields[i].name));
        out->_fields.push_back({name, out->keep(fields[i].value)});
    }
    out->_raw = {sizeof(zoco_event), count, out->keep(topic), out->_fields.data(), out->keep(publisher), 0, 0, 0};
    return out;
}

void StoredEvent::stamp(std::uint64_t sequence, std::int64_t timeUs) noexcept
{
    _raw.sequence = sequence;
    _raw.time_us = timeUs;
}

void StoredEvent::stampDurable(std::uint64_t number, std::int64_t timeUs) noexcept
{
    _raw.number = number;
    _raw.time_us = timeUs;
}

zoco_str StoredEvent::keep(std::string_view text)
{
    const auto at = _bytes.size();
    _bytes.append(text);
    return {_bytes.data() + at, text.size()};
}

zoco_value StoredEvent::keep(const zoco_value& value)
{
    auto out = value;
    if (value.kind == ZOCO_TEXT || value.kind == ZOCO_BLOB)
    {
        const auto kept = keep(view(value.as.b));
        out.as.b = {kept.data, kept.size};
    }
    else if (value.kind == ZOCO_LIST)
    {
        out.as.list = _items.data() + _items.size();
        for (std::uint32_t i = 0; i < value.aux; ++i) _items.push_back(keep(value.as.list[i]));
    }
    return out;
}

} // namespace zoco::host
