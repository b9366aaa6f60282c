#pragma once

#include "UniqueFd.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace zoco::host
{

/// A file that lines are appended to without waiting for the disk: they gather in memory, and one thread writes them
/// every 50 ms or 64 KiB. When the disk does not keep up (8 MiB wait), lines are dropped, and counted in a line of
/// their own. [any-thread]
class AsyncFile
{
public:
    /// `path` "-" is standard error. Throws std::system_error when it cannot be opened.
    explicit AsyncFile(const std::string& path);
    /// Writes what waits.
    ~AsyncFile();
    AsyncFile(const AsyncFile&) = delete;
    AsyncFile& operator=(const AsyncFile&) = delete;

    /// `line` ends with '\n'.
    void append(std::string_view line) noexcept;
    /// Returns when everything appended before has been handed to the system.
    void flush();
    /// Opens the path anew, after a log rotation moved the file away.
    void reopen();

private:
    void work();
    void writeAll(const std::string& bytes);

    const std::string _path;
    std::mutex _mutex;
    std::condition_variable _wake;
    std::condition_variable _written;
    std::string _waiting;
    std::uint64_t _dropped = 0;
    std::uint64_t _appended = 0; ///< batches asked for by flush
    std::uint64_t _done = 0;
    bool _isSleeping = true; ///< the thread waits for a first line
    bool _isEnding = false;
    UniqueFd _reopened; ///< takes the place of _fd before the next batch
    UniqueFd _fd;       ///< the thread's alone
    std::thread _thread;
};

} // namespace zoco::host
