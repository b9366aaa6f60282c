#pragma once

#include "app/CommandConsole.h"

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace zoco::host
{

/// The operator pressed Ctrl-C.
struct Cancelled : std::runtime_error
{
    Cancelled() : std::runtime_error("cancelled") {}
};

/// Copies and looks through files while an operator watches: shows how far it is, and ends with Cancelled at Ctrl-C.
/// Other failures throw std::system_error, which names the file. One thread.
class FileWork
{
public:
    /// `total`: bytes of all that follows.
    FileWork(std::string what, std::uint64_t total) : _what(std::move(what)), _total(total) {}

    /// SHA-256, in hexadecimal.
    std::string digest(const std::string& path);
    /// To a new file, readable by its owner only, and on the disk afterwards; folders above it are made. False when the
    /// source is gone.
    bool copy(const std::string& from, const std::string& to);

private:
    void add(std::uint64_t bytes);

    const std::string _what;
    const std::uint64_t _total;
    std::uint64_t _done = 0;
    CommandConsole _console;
};

/// The paths of the files below a folder, relative to it, in order; files and folders for which `isLeftOut` says so are
/// not looked at. What is no regular file goes to `others`. Throws std::system_error.
std::vector<std::string> filesBelow(const std::string& folder, const std::function<bool(const std::string&)>& isLeftOut,
                                    std::vector<std::string>& others);
std::uint64_t bytesOf(const std::string& folder, const std::vector<std::string>& files);
/// Makes the names in a folder and in all below it durable. Throws std::system_error.
void syncFolders(const std::string& folder);
void syncFolder(const std::string& folder);
/// Writes a small file durably, whole or not at all, in the place of what is there. Throws std::system_error.
void writeDurably(const std::string& path, const std::string& text);
/// Throws std::system_error.
std::string readWhole(const std::string& path);

} // namespace zoco::host
