#pragma once

#include "zoco/Log.h"

#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::testing
{

/// One record as it was written; values as text ("true", "12", "Ana", "" for null).
struct LogRecord
{
    LogLevel level;
    std::string message;
    std::map<std::string, std::string> fields;
};

/// Text of a value, for comparing.
inline std::string textOf(const zoco_value& v)
{
    switch (v.kind)
    {
    case ZOCO_BOOL:
        return v.as.i != 0 ? "true" : "false";
    case ZOCO_INT:
    case ZOCO_TIME:
        return std::to_string(v.as.i);
    case ZOCO_REAL:
        return std::to_string(v.as.d);
    case ZOCO_TEXT:
    case ZOCO_BLOB:
        return std::string(view(v.as.b));
    default:
        return {};
    }
}

/// zoco.log/1 that keeps what is written. [any-thread]
class FakeLog
{
public:
    FakeLog() : _table{sizeof(zoco_log), this, &isEnabled, &write} {}
    FakeLog(const FakeLog&) = delete;
    FakeLog& operator=(const FakeLog&) = delete;

    const zoco_log* raw() const noexcept { return &_table; }

    std::vector<LogRecord> records() const
    {
        const std::lock_guard lock(_mutex);
        return _records;
    }
    /// How often a message was written.
    std::size_t count(std::string_view message) const
    {
        std::size_t out = 0;
        for (const auto& r : records()) out += r.message == message ? 1 : 0;
        return out;
    }
    bool has(std::string_view message) const { return count(message) > 0; }

private:
    static int32_t isEnabled(void*, uint32_t level) { return level >= ZOCO_LOG_ERROR && level <= ZOCO_LOG_DEBUG; }
    static void write(void* self, uint32_t level, zoco_str message, const zoco_field* fields, uint32_t count)
    {
        LogRecord record{static_cast<LogLevel>(level), std::string(view(message)), {}};
        for (uint32_t i = 0; i < count; ++i) record.fields[std::string(view(fields[i].name))] = textOf(fields[i].value);
        auto& fake = *static_cast<FakeLog*>(self);
        const std::lock_guard lock(fake._mutex);
        fake._records.push_back(std::move(record));
    }

    zoco_log _table;
    mutable std::mutex _mutex;
    std::vector<LogRecord> _records;
};

} // namespace zoco::testing
