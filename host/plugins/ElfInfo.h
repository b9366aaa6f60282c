#pragma once

#include "zoco/Result.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// What a shared library says of itself, read without loading it. A value.
struct ElfInfo
{
    std::string soname;
    std::vector<std::string> needed; ///< DT_NEEDED

    /// Reads a 64-bit ELF shared object of this machine's kind. The problem's detail says what is wrong with the file.
    static Result<ElfInfo> read(const std::string& path);
};

/// Why a library with these needs must not be loaded into this process, or empty: it was linked to another Poco than
/// the host's, and the dynamic linker would silently bind it to the host's copy.
std::string foreignPoco(const ElfInfo& info);

} // namespace zoco::host
