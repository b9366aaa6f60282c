#pragma once

#include "core/Log.h"
#include "core/UniqueFd.h"

#include <string>
#include <thread>

namespace zoco::host
{

/// Logs what a plugin's process prints, a record a line, on a thread of its own.
class OutputLogger
{
public:
    /// `pipe` is not ours, does not block, and outlives this.
    OutputLogger(int pipe, LogSource log);
    /// As `finish`.
    ~OutputLogger();
    OutputLogger(const OutputLogger&) = delete;
    OutputLogger& operator=(const OutputLogger&) = delete;

    /// Takes what is there, then ends: processes that the plugin left behind may keep the pipe open. The last line.
    std::string finish();

private:
    void work();
    bool take();
    void write();

    const int _pipe;
    const LogSource _log;
    const UniqueFd _end; ///< eventfd
    std::string _partial;
    std::string _last;
    std::thread _thread;
};

} // namespace zoco::host
