#pragma once

#include "Config.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace zoco::host
{

/// What a configuration is made of, as given to the program.
struct ConfigInput
{
    std::string file;                                         ///< empty: none
    std::vector<std::pair<std::string, std::string>> defines; ///< -D key=value; the last of a key counts
    std::map<std::string, std::string> environment;           ///< the ZOCO_… variables
    std::string operatorFolder{}; ///< whose plugins.d holds what operators changed; empty: data.dir
};

/// A file of data.dir/plugins.d that is about to be written. A value.
struct OperatorFile
{
    std::string path; ///< empty: none
    std::string text;
};

/// Whether and from where a plugin runs.
struct PluginChoice
{
    std::string id;
    bool isEnabled = false;
    std::string placement;
    std::string library;           ///< absolute path, or empty: look for it
    Origin origin;                 ///< of what enabled it
    std::uint64_t memoryLimit = 0; ///< bytes of address space, of a process of its own; 0: none
    std::uint64_t descriptors = 0; ///< open files, likewise
    bool hasCanary = false;
    std::string canaryPlacement{};
    std::string canaryLibrary{};    ///< as `library`; the plugin's own when empty
    std::uint32_t canaryWeight = 0; ///< percent
    std::string canaryHeader{};     ///< name, or name and value
    std::string address{};          ///< of the node, host:port, when a placement is remote
};

/// The settings as written, layer over layer: -D, then the environment, then data.dir/plugins.d, then the file and
/// plugins.d beside it. One thread.
class ConfigLayers
{
public:
    /// Reads the file and plugins.d/*.properties beside it.
    ConfigLayers(ConfigInput input, ConfigErrors& errors);

    /// The host's own settings. Keys that belong to nobody are errors.
    Config host(ConfigErrors& errors);
    /// Adds what operators changed while serving: <dataDir>/plugins.d/*.properties, with `next` in the place of its
    /// present content.
    void addOperatorChanges(const std::string& dataDir, const OperatorFile& next, ConfigErrors& errors);
    /// What sets a key above the operators' changes, "-D" or a variable's name; empty: nothing does.
    std::string pinOf(const std::string& key) const;
    /// All plugins that anything is said of, or that `defaults` lists, or that `installed` has a variable for.
    std::vector<PluginChoice> plugins(const std::vector<std::string>& defaults,
                                      const std::vector<std::string>& installed, ConfigErrors& errors);
    /// One plugin's own settings, checked against its schema.
    Config plugin(const std::string& id, const ConfigSchema& schema, ConfigErrors& errors);
    /// ZOCO_… variables that no key so far was read from: probably misspelt.
    std::vector<std::string> unusedVariables() const;

private:
    using Layer = std::map<std::string, Property, std::less<>>;

    static void readPluginFolder(const std::string& folder, const OperatorFile& next, Layer& layer,
                                 ConfigErrors& errors);
    static void add(Layer& layer, const Property& property, ConfigErrors& errors);
    /// The properties below `prefix`, highest layer only, their names without it; variables for the schema's keys.
    std::vector<Property> collect(const std::string& prefix, const ConfigSchema& schema);

    ConfigInput _input;
    Layer _files;
    Layer _operator;
    Layer _defines;
    std::set<std::string> _usedVariables;
};

/// The variable that stands for a key: ZOCO_ and its capitals, '_' for '.' and '-'.
std::string variableName(std::string_view key);

} // namespace zoco::host
