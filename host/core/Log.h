#pragma once

#include "zoco/Log.h"

#include <initializer_list>
#include <string>
#include <string_view>

namespace zoco::host
{

class AsyncFile;
class Log;

/// Takes records instead of a file, unformatted. Must outlive the log.
class LogSink
{
public:
    /// [any-thread]
    virtual void write(LogLevel level, std::string_view source, std::string_view message, const zoco_field* fields,
                       std::uint32_t count) noexcept = 0;

protected:
    ~LogSink() = default;
};

/// Writes records of one part of the host or of one plugin. Cheap to copy; lives no longer than its Log. [any-thread]
class LogSource
{
public:
    LogSource(const Log& log, std::string name) : _log(&log), _name(std::move(name)) {}

    using Fields = std::initializer_list<LogField>;
    void error(std::string_view message, Fields fields = {}) const { write(LogLevel::Error, message, fields); }
    void warning(std::string_view message, Fields fields = {}) const { write(LogLevel::Warning, message, fields); }
    void info(std::string_view message, Fields fields = {}) const { write(LogLevel::Info, message, fields); }
    void debug(std::string_view message, Fields fields = {}) const { write(LogLevel::Debug, message, fields); }

    bool isEnabled(LogLevel level) const noexcept;
    void write(LogLevel level, std::string_view message, const zoco_field* fields, std::uint32_t count) const;

private:
    void write(LogLevel level, std::string_view message, Fields fields) const
    {
        write(level, message, fields.begin(), static_cast<std::uint32_t>(fields.size()));
    }

    const Log* _log;
    std::string _name;
};

/// The log: one JSON object per line with time, level, source, message and the record's fields. Values of fields with a
/// secret's name are blanked out; text that is not UTF-8 is repaired, so that every line is valid. [any-thread]
class Log
{
public:
    /// Both outlive the log.
    Log(AsyncFile& file, LogLevel threshold) noexcept : _file(&file), _threshold(threshold) {}
    /// Passes the records on, for the log of a host in another process.
    Log(LogSink& sink, LogLevel threshold) noexcept : _sink(&sink), _threshold(threshold) {}

    LogSource source(std::string name) const { return {*this, std::move(name)}; }

private:
    friend class LogSource;

    AsyncFile* _file = nullptr; ///< null: records go to the sink
    LogSink* _sink = nullptr;
    LogLevel _threshold;
};

} // namespace zoco::host
