#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace zoco::test
{

/// A file system of a few megabytes at a folder, seen by one child process and by none else; it goes with that process.
/// Needs to be root, or a kernel that lets everybody have name spaces.
class SmallDisk
{
public:
    /// `folder` exists, and is empty.
    SmallDisk(std::string folder, int megabytes) : _folder(std::move(folder)), _megabytes(megabytes) {}

    const std::string& folder() const noexcept { return _folder; }
    /// What stands before the arguments of the program that is to see it. `content`: a folder whose files it is to hold
    /// from the start, below the same name.
    std::vector<std::string> launcher(const std::string& content = {}) const;

    /// The same file as others see it while the child lives.
    std::string seenFromOutside(::pid_t child, const std::string& name) const;
    /// Takes all the room that is left, and gives it back. Throws std::system_error.
    void fill(::pid_t child) const;
    void makeRoom(::pid_t child) const;

private:
    std::string _folder;
    int _megabytes;
};

} // namespace zoco::test
