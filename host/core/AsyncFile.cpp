#include "AsyncFile.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

namespace zoco::host
{

namespace
{

constexpr std::size_t kBatch = 64 * 1024;
constexpr std::size_t kLimit = 8 * 1024 * 1024;
constexpr std::chrono::milliseconds kInterval{50};

UniqueFd openForAppend(const std::string& path)
{
    UniqueFd fd(path == "-" ? ::dup(STDERR_FILENO)
                            : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640));
    if (!fd) throw std::system_error(errno, std::generic_category(), "cannot open " + path);
    return fd;
}

} // namespace

AsyncFile::AsyncFile(const std::string& path) : _path(path), _fd(openForAppend(path))
{
    _waiting.reserve(2 * kBatch);
    _thread = std::thread([this] { work(); });
    pthread_setname_np(_thread.native_handle(), "zoco-log");
}

AsyncFile::~AsyncFile()
{
    {
        const std::lock_guard lock(_mutex);
        _isEnding = true;
    }
    _wake.notify_one();
    _thread.join();
}

void AsyncFile::append(std::string_view line) noexcept
{
    const std::lock_guard lock(_mutex);
    if (_waiting.size() + line.size() > kLimit)
    {
        ++_dropped;
        return;
    }
    const bool wasSmall = _waiting.size() < kBatch;
    _waiting += line;
    if (_isSleeping || (wasSmall && _waiting.size() >= kBatch))
    {
        _isSleeping = false;
        _wake.notify_one();
    }
}

void AsyncFile::flush()
{
    std::unique_lock lock(_mutex);
    const auto mine = ++_appended;
    _wake.notify_one();
    _written.wait(lock, [&] { return _done >= mine; });
}

void AsyncFile::reopen()
{
    flush();
    auto fd = openForAppend(_path);
    {
        const std::lock_guard lock(_mutex);
        _reopened = std::move(fd);
    }
    flush(); // from now on nothing goes to the old one
}

void AsyncFile::work()
{
    std::string batch;
    std::unique_lock lock(_mutex);
    for (;;)
    {
        if (_waiting.empty() && !_isEnding && _done == _appended)
        {
            _isSleeping = true;
            _wake.wait(lock);
        }
        _isSleeping = false;
        if (!_isEnding && _done == _appended && _waiting.size() < kBatch)
            _wake.wait_for(lock, kInterval,
                           [this] { return _isEnding || _done != _appended || _waiting.size() >= kBatch; });

        const auto asked = _appended;
        const bool isEnding = _isEnding;
        if (_reopened) UniqueFd(std::exchange(_fd, std::move(_reopened)));
        batch.clear();
        std::swap(batch, _waiting);
        if (_dropped > 0)
            batch += "{\"level\":\"warning\",\"source\":\"host.log\",\"message\":\"lines dropped\",\"count\":" +
                     std::to_string(std::exchange(_dropped, 0)) + "}\n";
        lock.unlock();
        writeAll(batch);
        lock.lock();
        _done = asked;
        _written.notify_all();
        if (isEnding && _waiting.empty()) return;
    }
}

void AsyncFile::writeAll(const std::string& bytes)
{
    std::size_t done = 0;
    while (done < bytes.size())
    {
        const auto n = ::write(_fd.get(), bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return; // a full disk must not stop requests
        done += static_cast<std::size_t>(n);
    }
}

} // namespace zoco::host
