#pragma once

#include "placement/PluginIdentity.h"
#include "zoco/Result.h"
#include "zoco/abi/plugin.h"

#include <string>

namespace zoco::host
{

/// A plugin's library, opened from a private copy and checked: what its entry says. It stays mapped for ever.
struct PluginLibrary
{
    std::string path;   ///< as found, not the copy
    std::string opened; ///< the copy; the same as `path` when there is none
    PluginIdentity identity;
    std::string configSchema;        ///< text of its "config-schema" resource; empty when it has none
    std::vector<std::string> needed; ///< DT_NEEDED
    zoco_plugin* (*create)() = nullptr;

    /// Checks the file, copies it to `codeFolder` (which must allow execution; empty: it is opened where it lies, for a
    /// process that ends soon), opens it with all symbols resolved and none shared, and reads zoco_entry. The problem's
    /// detail names the file and the fault.
    static Result<PluginLibrary> open(const std::string& path, const std::string& codeFolder);
    /// The same, from a copy that was made before; `path` is for messages. A foreign Poco is refused beforehand.
    static Result<PluginLibrary> openCopy(const std::string& path, const std::string& own);
    /// A private copy of the file; its path.
    static Result<std::string> copy(const std::string& path, const std::string& codeFolder);
};

/// Reads an entry of any minor version and size: a shorter one than ours has the missing fields absent.
/// `path` is for messages.
Result<PluginLibrary> readEntry(const zoco_plugin_entry* raw, const std::string& path);

} // namespace zoco::host
