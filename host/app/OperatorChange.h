#pragma once

#include "core/config/ConfigLayers.h"

#include <map>
#include <optional>
#include <string>

namespace zoco::host
{

/// What an operator sets for one plugin while it serves. A value.
struct PluginSettings
{
    std::string id;
    /// Keys as in plugins.d/<id>.properties; no value: what was set by an operator before is taken back.
    std::map<std::string, std::optional<std::string>> values;
};

/// The change of data.dir/plugins.d/<id>.properties that keeps such settings. Written beside the file first, so that
/// the file itself changes at once and completely, or not at all. One thread.
class OperatorChange
{
public:
    /// Reads the present file and merges. `dataDir` exists.
    OperatorChange(const std::string& dataDir, const PluginSettings& settings, ConfigErrors& errors);
    /// Removes a draft that was not committed.
    ~OperatorChange();
    OperatorChange(const OperatorChange&) = delete;
    OperatorChange& operator=(const OperatorChange&) = delete;

    /// The file as it will be, for ConfigLayers.
    const OperatorFile& file() const noexcept { return _file; }
    /// Puts it on the disk beside the present one. Throws std::system_error.
    void write();
    /// Takes the present one's place. False when that fails: the present one is still there.
    bool commit();

private:
    std::string draft() const { return _file.path + ".new"; }

    OperatorFile _file;
    bool _isDrafted = false;
};

} // namespace zoco::host
