#include "FileWork.h"

#include "app/Signals.h"
#include "core/Sha256.h"
#include "core/UniqueFd.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <system_error>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 1 << 20;

[[noreturn]] void fail(const std::string& path) { throw std::system_error(errno, std::generic_category(), path); }

UniqueFd openToRead(const std::string& path)
{
    return UniqueFd(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
}

std::size_t readSome(int fd, std::string& buffer, const std::string& path)
{
    buffer.resize(kBlock);
    ssize_t n = 0;
    do n = ::read(fd, buffer.data(), buffer.size());
    while (n < 0 && errno == EINTR);
    if (n < 0) fail(path);
    buffer.resize(static_cast<std::size_t>(n));
    return buffer.size();
}

void writeAll(int fd, std::string_view bytes, const std::string& path)
{
    while (!bytes.empty())
    {
        const auto n = ::write(fd, bytes.data(), bytes.size());
        if (n < 0 && errno != EINTR) fail(path);
        if (n > 0) bytes.remove_prefix(static_cast<std::size_t>(n));
    }
}

} // namespace

void FileWork::add(std::uint64_t bytes)
{
    _done += bytes;
    _console.show({CommandEvent::Kind::Progress, _what, _done, std::max(_done, _total), 0});
    const int signal = waitForSignal(std::chrono::milliseconds(0));
    if (signal == SIGINT || signal == SIGTERM) throw Cancelled();
}

std::string FileWork::digest(const std::string& path)
{
    const auto fd = openToRead(path);
    if (!fd) fail(path);
    Sha256 out;
    for (std::string buffer; readSome(fd.get(), buffer, path) > 0; add(buffer.size())) out.add(buffer);
    return out.hex();
}

bool FileWork::copy(const std::string& from, const std::string& to)
{
    const auto in = openToRead(from);
    if (!in && errno == ENOENT) return false;
    if (!in) fail(from);
    fs::create_directories(fs::path(to).parent_path());
    const UniqueFd out(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!out) fail(to);
    for (std::string buffer; readSome(in.get(), buffer, from) > 0; add(buffer.size())) writeAll(out.get(), buffer, to);
    if (::fsync(out.get()) != 0) fail(to);
    return true;
}

std::vector<std::string> filesBelow(const std::string& folder, const std::function<bool(const std::string&)>& isLeftOut,
                                    std::vector<std::string>& others)
{
    std::vector<std::string> out;
    const fs::path root(folder);
    for (auto at = fs::recursive_directory_iterator(root); at != fs::recursive_directory_iterator(); ++at)
    {
        const auto name = at->path().lexically_relative(root).string();
        const auto type = at->symlink_status().type();
        if (isLeftOut(name))
        {
            if (type == fs::file_type::directory) at.disable_recursion_pending();
        }
        else if (type == fs::file_type::regular)
            out.push_back(name);
        else if (type != fs::file_type::directory)
            others.push_back(name);
    }
    std::sort(out.begin(), out.end());
    return out;
}

std::uint64_t bytesOf(const std::string& folder, const std::vector<std::string>& files)
{
    std::uint64_t out = 0;
    for (const auto& file : files)
    {
        std::error_code gone;
        const auto size = fs::file_size(fs::path(folder) / file, gone);
        if (!gone) out += size;
    }
    return out;
}

void syncFolder(const std::string& folder)
{
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) fail(folder);
}

void syncFolders(const std::string& folder)
{
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.symlink_status().type() == fs::file_type::directory) syncFolder(entry.path().string());
    syncFolder(folder);
}

void writeDurably(const std::string& path, const std::string& text)
{
    const auto draft = path + ".tmp";
    {
        const UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!fd) fail(draft);
        writeAll(fd.get(), text, draft);
        if (::fsync(fd.get()) != 0) fail(draft);
    }
    if (std::rename(draft.c_str(), path.c_str()) != 0) fail(path);
    syncFolder(fs::path(path).parent_path().string());
}

std::string readWhole(const std::string& path)
{
    const auto fd = openToRead(path);
    if (!fd) fail(path);
    std::string out;
    for (std::string buffer; readSome(fd.get(), buffer, path) > 0;) out += buffer;
    return out;
}

} // namespace zoco::host
