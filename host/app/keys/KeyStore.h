#pragma once

#include "core/keys/KeySet.h"

#include <string>

namespace zoco::host
{

/// Where the configuration says that the keys are. At most one of them is set; none: data.dir/keys. A value.
struct KeySettings
{
    std::string file;    ///< host.keys_file
    std::string text;    ///< host.keys, of the environment
    std::string command; ///< host.keys_command
};

/// The place that the host's keys come from, and are kept in when it is a file. One caller at a time. What fails throws
/// std::runtime_error that names place and reason, and holds no secret.
class KeyStore
{
public:
    KeyStore(KeySettings settings, std::string dataDir);

    /// Reads them. At the first start the default file is made, of new keys; without `mayMake` others stand for those
    /// that would be. A key that was known here before and is missing now is a failure: what it sealed would be lost.
    KeySet load(bool mayMake = true) const;
    /// Keeps them, on the disk before this returns. Only of a file.
    void save(const KeySet& keys) const;

    bool isFile() const noexcept { return _settings.text.empty() && _settings.command.empty(); }
    /// The place, for operators.
    std::string place() const;
    /// What the host remembers of keys, without a secret.
    const std::string& stateFile() const noexcept { return _stateFile; }

private:
    std::string read(bool mayMake) const;
    std::string make() const;

    KeySettings _settings;
    bool _isDefault;
    std::string _stateFile;
};

} // namespace zoco::host
