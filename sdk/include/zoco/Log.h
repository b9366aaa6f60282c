#pragma once

#include "Value.h"
#include "zoco/abi/log.h"

#include <initializer_list>
#include <string_view>

namespace zoco
{

enum class LogLevel : std::uint32_t
{
    Error = ZOCO_LOG_ERROR,
    Warning = ZOCO_LOG_WARNING,
    Info = ZOCO_LOG_INFO,
    Debug = ZOCO_LOG_DEBUG
};

/// A named value of a log record.
using LogField = NamedValue;

/// The host's log as this plugin's source. A constant message plus fields; never secrets. [any-thread]
class Log
{
public:
    Log() = default;
    explicit Log(const zoco_log* table) noexcept : _table(table) {}

    using Fields = std::initializer_list<LogField>;
    void error(std::string_view message, Fields fields = {}) const noexcept { write(LogLevel::Error, message, fields); }
    void warning(std::string_view message, Fields fields = {}) const noexcept
    {
        write(LogLevel::Warning, message, fields);
    }
    void info(std::string_view message, Fields fields = {}) const noexcept { write(LogLevel::Info, message, fields); }
    void debug(std::string_view message, Fields fields = {}) const noexcept { write(LogLevel::Debug, message, fields); }

    bool isEnabled(LogLevel level) const noexcept
    {
        return _table != nullptr && _table->is_enabled(_table->self, static_cast<std::uint32_t>(level)) != 0;
    }

private:
    void write(LogLevel level, std::string_view message, Fields fields) const noexcept
    {
        if (_table == nullptr) return;
        _table->write(_table->self, static_cast<std::uint32_t>(level), str(message), fields.begin(),
                      static_cast<std::uint32_t>(fields.size()));
    }

    const zoco_log* _table = nullptr;
};

} // namespace zoco
