#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// A symbol that a library defines.
struct ElfSymbol
{
    std::string name;
    std::uint64_t address = 0; ///< from the library's start
    std::uint64_t size = 0;
    bool isData = false;
    bool isLocal = false;
};

/// What a library's symbol tables say: `exported` what others may bind to, `all` everything unless it was stripped. A
/// value.
struct ElfTables
{
    std::vector<ElfSymbol> exported;
    std::vector<ElfSymbol> all;

    /// Of a file that ElfInfo has accepted; what cannot be read is left out.
    static ElfTables read(const std::string& path);
};

} // namespace zoco::host::trial
