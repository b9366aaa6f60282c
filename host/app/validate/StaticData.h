#pragma once

#include "ElfTables.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::host::trial
{

/// The writable static data of a loaded library: what its code may change, relocations aside. Finds them by
/// dl_iterate_phdr.
class StaticData
{
public:
    /// `inside`: any address in the library, such as of its zoco_entry. `path`: its file, for the names of variables.
    StaticData(const void* inside, const std::string& path);

    using Snapshot = std::vector<std::string>; ///< a segment each
    /// Reads past any sanitizer.
    Snapshot take() const;

    /// The variables that differ, by name where the library is not stripped; at most a few. Those of compilers' own
    /// counters and of the C++ library are left out. Empty when nothing differs.
    std::string difference(const Snapshot& before, const Snapshot& after) const;

private:
    struct Range
    {
        std::uint64_t begin;
        std::uint64_t end;
    };

    std::string nameOf(std::uint64_t address, std::uint64_t& end) const;

    std::uint64_t _base = 0;
    std::vector<Range> _ranges;
    std::vector<ElfSymbol> _symbols; ///< data only, by address
};

} // namespace zoco::host::trial
