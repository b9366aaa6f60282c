#pragma once

#include "PluginLibrary.h"
#include "core/config/Config.h"
#include "placement/process/ProcessPlugin.h"

#include <string>

namespace zoco::host
{

/// A plugin to run: its library, where it runs, and its checked settings. A value.
struct PluginToRun
{
    PluginLibrary library;
    Config config;
    std::string placement{"inproc"};
    std::string stamp{};                      ///< of the library's file: another one, another content
    std::shared_ptr<const PluginFile> file{}; ///< when placement is process: what `library` says comes from it
    ProcessSpec process{};                    ///< likewise

    /// Whether an instance of this can stay for one of `other`: same code, settings and placement.
    bool isSame(const PluginToRun& other) const
    {
        return library.create == other.library.create && file == other.file && placement == other.placement &&
               process.memoryLimit == other.process.memoryLimit && process.descriptors == other.process.descriptors &&
               config == other.config;
    }
};

} // namespace zoco::host
