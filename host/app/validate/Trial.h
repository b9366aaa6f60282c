#pragma once

#include "StepNote.h"
#include "core/config/Config.h"
#include "plugins/PluginLibrary.h"

#include <string>
#include <vector>

namespace zoco::host::trial
{

/// What the operator wants validated. A value.
struct Subject
{
    std::string library;            ///< path of the .so
    std::vector<Property> settings; ///< -D, named as in the plugin's schema
};

/// The plugin in a check's own process: its library, its settings, and a folder that goes with the check. One thread.
class Trial
{
public:
    Trial(const Subject& subject, std::string folder, StepNote& note)
        : _subject(subject), _folder(std::move(folder)), _note(note)
    {
    }

    const std::string& path() const noexcept { return _subject.library; }
    const std::string& folder() const noexcept { return _folder; }
    /// Says what comes next, for the report on a crash or a hang.
    void step(std::string_view what) const noexcept { _note.set(what); }

    /// Opens the library where it lies and reads its entry; the fault, or empty. To be called once, before what
    /// follows.
    std::string load();
    /// Reads the schema and the given settings; the fault, or empty.
    std::string configure();
    /// Both.
    std::string prepare();

    const PluginLibrary& library() const noexcept { return _library; }
    const zoco_plugin_entry* entry() const noexcept { return _entry; }
    const ConfigSchema& schema() const noexcept { return _schema; }
    const Config& config() const noexcept { return _config; }
    /// The given settings with others on top of them. What the schema refuses goes to `errors`.
    Config with(const std::vector<Property>& others, ConfigErrors& errors) const;

private:
    const Subject& _subject;
    const std::string _folder;
    StepNote& _note;
    PluginLibrary _library;
    const zoco_plugin_entry* _entry = nullptr;
    ConfigSchema _schema;
    Config _config;
};

} // namespace zoco::host::trial
