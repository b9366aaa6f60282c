#pragma once

#include "Problem.h"
#include "zoco/abi/files.h"

#include <string_view>

namespace zoco
{

/// The plugin's own folder. [any-thread]
class Files
{
public:
    explicit Files(const zoco_files* table) noexcept : _table(table) {}

    /// Absolute path; the folder exists and is writable. 0-terminated.
    std::string_view folder() const noexcept { return view(_table->folder(_table->self)); }

private:
    const zoco_files* _table;
};

} // namespace zoco
