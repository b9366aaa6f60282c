#include "EventSealing.h"

#include "core/Clock.h"
#include "zoco/detail/Sealing.h"

#include <charconv>
#include <vector>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kPage = 200;
constexpr std::int64_t kCallNs = 5'000'000'000;

CallContext soon()
{
    CallContext out;
    out.deadlineNs = steadyNs() + kCallNs;
    return out;
}

std::int64_t numberIn(std::string_view text) noexcept
{
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

} // namespace

EventSealing::EventSealing(const HostService& data, const KeyRing& keys)
    : _data(data.service()),
      _events(data.operation("gestorbbdd.evento_pagina", {"desde", "limite"})),
      _seal(data.operation("gestorbbdd.evento_sellar", {"id", "datos"})),
      _dead(data.operation("gestorbbdd.muerto_pagina", {"numero", "plugin", "nodo", "limite"})),
      _sealDead(data.operation("gestorbbdd.muerto_sellar", {"numero", "plugin", "tema", "nodo", "datos"})),
      _cipher(keys)
{
}

/// False when it is as it should be, or cannot be opened: then nobody can read it, and its reader puts it aside.
bool EventSealing::sealAgain(std::string_view topic, std::int64_t timeUs, std::string& bytes) const
{
    if (_cipher.isCurrent(bytes)) return false;
    const auto context = detail::eventContext(topic, timeUs);
    if (!FieldCipher::isSealed(bytes)) // of before there was encryption
    {
        bytes = _cipher.seal(bytes, context);
        return true;
    }
    const auto plain = _cipher.open(bytes, context);
    if (plain) bytes = _cipher.seal(*plain, context);
    return plain.has_value();
}

zoco_status EventSealing::sealEvents(std::string_view cursor, RotatedPage& out) const
{
    struct Row
    {
        std::int64_t id = 0;
        std::string topic;
        std::int64_t time = 0;
        std::string bytes;
    };
    std::vector<Row> rows;
    auto last = numberIn(cursor);
    const auto read =
        _data.call(soon(), _events, {last, kPage}, [&](const zoco::Row& row) { rows.push_back(row.as<Row>()); });
    if (!read.ok()) return read.problem().code;
    for (auto& row : rows)
    {
        last = row.id;
        if (!sealAgain(row.topic, row.time, row.bytes)) continue;
        const auto done = _data.call(soon(), _seal, {row.id, Value::blob(row.bytes)});
        if (!done.ok()) return done.problem().code;
    }
    out = {static_cast<std::int64_t>(rows.size()) < kPage, 0, 0, std::to_string(last)};
    return ZOCO_OK;
}

/// The cursor is number, plugin and node, with blanks between; only the last may be empty.
zoco_status EventSealing::sealDead(std::string_view cursor, RotatedPage& out) const
{
    struct Row
    {
        std::int64_t number = 0;
        std::string plugin, topic, node;
        std::int64_t time = 0;
        std::string bytes;
    };
    const auto first = cursor.find(' '), second = cursor.find(' ', first + 1);
    const bool isBegin = first == cursor.npos || second == cursor.npos;
    const auto plugin = isBegin ? std::string_view() : cursor.substr(first + 1, second - first - 1);
    const auto node = isBegin ? std::string_view() : cursor.substr(second + 1);
    std::vector<Row> rows;
    const auto read = _data.call(soon(), _dead, {numberIn(cursor), plugin, node, kPage},
                                 [&](const zoco::Row& row) { rows.push_back(row.as<Row>()); });
    if (!read.ok()) return read.problem().code;
    out = {static_cast<std::int64_t>(rows.size()) < kPage, 0, 0, std::string(cursor)};
    for (auto& row : rows)
    {
        out.cursor = std::to_string(row.number) + ' ' + row.plugin + ' ' + row.node;
        if (!sealAgain(row.topic, row.time, row.bytes)) continue;
        const auto done =
            _data.call(soon(), _sealDead, {row.number, row.plugin, row.topic, row.node, Value::blob(row.bytes)});
        if (!done.ok()) return done.problem().code;
    }
    return ZOCO_OK;
}

} // namespace zoco::host
