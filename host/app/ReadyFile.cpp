#include "ReadyFile.h"

#include "core/UniqueFd.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>

namespace zoco::host
{

bool writeReadyFile(const std::string& path, const std::string& address)
{
    const auto draft = path + ".tmp";
    const auto line = address + '\n';
    ::unlink(draft.c_str());
    {
        // O_EXCL: whoever else may write to this folder cannot lead us to another file by a link.
        const UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
        if (!fd || ::write(fd.get(), line.data(), line.size()) != static_cast<ssize_t>(line.size())) return false;
    }
    return std::rename(draft.c_str(), path.c_str()) == 0;
}

} // namespace zoco::host
