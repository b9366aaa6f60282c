#include "EventSealing.h"

#include "HostCall.h"
#include "zoco/Mail.h"
#include "zoco/detail/FieldBytes.h"
#include "zoco/detail/Sealing.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace zoco::host
{

namespace
{

constexpr std::size_t kPage = 200;

std::int64_t numberIn(std::string_view text) noexcept
{
    std::int64_t out = 0;
    std::from_chars(text.data(), text.data() + text.size(), out);
    return out;
}

bool isUnder(const zoco_value& value, KeyId key)
{
    if (value.kind == ZOCO_BLOB || value.kind == ZOCO_TEXT) return FieldCipher::keyOf(view(value.as.b)) == key;
    if (value.kind != ZOCO_LIST) return false;
    for (std::uint32_t i = 0; i < value.aux; ++i)
        if (isUnder(value.as.list[i], key)) return true;
    return false;
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

Result<std::vector<EventSealing::EventRow>> EventSealing::eventsAfter(std::int64_t id) const
{
    std::vector<EventRow> out;
    const auto read = _data.call(hostCall(), _events, {id, std::int64_t{kPage}},
                                 [&](const zoco::Row& row) { out.push_back(row.as<EventRow>()); });
    if (!read.ok()) return read.problem();
    return out;
}

/// The cursor is number, plugin and node, with blanks between; only the last may be empty.
Result<std::vector<EventSealing::DeadRow>> EventSealing::deadAfter(std::string_view cursor) const
{
    const auto first = cursor.find(' '), second = cursor.find(' ', first + 1);
    const bool isBegin = first == cursor.npos || second == cursor.npos;
    const auto plugin = isBegin ? std::string_view() : cursor.substr(first + 1, second - first - 1);
    const auto node = isBegin ? std::string_view() : cursor.substr(second + 1);
    std::vector<DeadRow> out;
    const auto read = _data.call(hostCall(), _dead, {numberIn(cursor), plugin, node, std::int64_t{kPage}},
                                 [&](const zoco::Row& row) { out.push_back(row.as<DeadRow>()); });
    if (!read.ok()) return read.problem();
    return out;
}

std::string EventSealing::cursorOf(const DeadRow& row)
{
    return std::to_string(row.number) + ' ' + row.plugin + ' ' + row.node;
}

/// The same event with its content under the active key; empty when it is there already, or does not open.
std::string EventSealing::sealedMail(std::string_view plain) const
{
    detail::FieldReader reader;
    if (!reader.read(plain)) return {};
    std::string_view id;
    for (const auto& field : reader.fields)
        if (view(field.name) == "id") id = view(field.value.as.b);
    std::string sealed;
    std::vector<NamedValue> fields;
    for (const auto& field : reader.fields)
    {
        Value value(field.value);
        if (view(field.name) == "contenido" && !_cipher.isCurrent(view(field.value.as.b)))
        {
            const auto context = MailOutbox::context(id);
            const auto content = _cipher.open(view(field.value.as.b), context);
            if (!content) return {};
            sealed = _cipher.seal(*content, context);
            value = Value::blob(sealed);
        }
        fields.push_back({view(field.name), value});
    }
    return sealed.empty() ? std::string() : detail::FieldWriter::write(fields);
}

/// False when it is as it should be, or cannot be opened: then nobody can read it, and its reader puts it aside.
bool EventSealing::sealAgain(std::string_view topic, std::int64_t timeUs, std::string& bytes) const
{
    const bool isCurrent = _cipher.isCurrent(bytes), isMail = topic == MailOutbox::kTopic;
    if (isCurrent && !isMail) return false;
    const auto context = detail::eventContext(topic, timeUs);
    auto plain = FieldCipher::isSealed(bytes) ? _cipher.open(bytes, context) : bytes; // clear: of before encryption
    if (!plain) return false;
    const auto mail = isMail ? sealedMail(*plain) : std::string();
    if (isCurrent && mail.empty()) return false;
    bytes = _cipher.seal(mail.empty() ? *plain : mail, context);
    return true;
}

zoco_status EventSealing::sealEvents(std::string_view cursor, RotatedPage& out) const
{
    auto last = numberIn(cursor);
    auto rows = eventsAfter(last);
    if (!rows.ok()) return rows.problem().code;
    for (auto& row : *rows)
    {
        last = row.id;
        if (!sealAgain(row.topic, row.time, row.bytes)) continue;
        const auto done = _data.call(hostCall(), _seal, {row.id, Value::blob(row.bytes)});
        if (!done.ok()) return done.problem().code;
    }
    out = {rows->size() < kPage, 0, 0, std::to_string(last)};
    return ZOCO_OK;
}

zoco_status EventSealing::sealDead(std::string_view cursor, RotatedPage& out) const
{
    auto rows = deadAfter(cursor);
    if (!rows.ok()) return rows.problem().code;
    out = {rows->size() < kPage, 0, 0, std::string(cursor)};
    for (auto& row : *rows)
    {
        out.cursor = cursorOf(row);
        if (!sealAgain(row.topic, row.time, row.bytes)) continue;
        const auto done =
            _data.call(hostCall(), _sealDead, {row.number, row.plugin, row.topic, row.node, Value::blob(row.bytes)});
        if (!done.ok()) return done.problem().code;
    }
    return ZOCO_OK;
}

/// One that does not open is nobody's any more.
bool EventSealing::holds(std::string_view topic, std::int64_t timeUs, std::string_view bytes, KeyId key) const
{
    const auto plain = FieldCipher::isSealed(bytes) ? _cipher.open(bytes, detail::eventContext(topic, timeUs))
                                                    : std::optional(std::string(bytes));
    detail::FieldReader reader;
    if (!plain || !reader.read(*plain)) return false;
    return std::any_of(reader.fields.begin(), reader.fields.end(),
                       [&](const zoco_field& field) { return isUnder(field.value, key); });
}

Result<std::size_t> EventSealing::holding(KeyId key) const
{
    std::size_t out = 0;
    std::int64_t last = 0;
    for (bool isMore = true; isMore;)
    {
        ZOCO_TRY(const auto rows, eventsAfter(last));
        for (const auto& row : rows) out += holds(row.topic, row.time, row.bytes, key) ? 1 : 0;
        isMore = rows.size() == kPage;
        if (isMore) last = rows.back().id;
    }
    std::string cursor;
    for (bool isMore = true; isMore;)
    {
        ZOCO_TRY(const auto rows, deadAfter(cursor));
        for (const auto& row : rows) out += holds(row.topic, row.time, row.bytes, key) ? 1 : 0;
        isMore = rows.size() == kPage;
        if (isMore) cursor = cursorOf(rows.back());
    }
    return out;
}

} // namespace zoco::host
