#pragma once

#include "PluginLibrary.h"
#include "core/config/Config.h"
#include "placement/process/ProcessPlugin.h"
#include "routing/CanaryRule.h"

#include <memory>
#include <string>

namespace zoco::host
{

/// A plugin to run: its library, where it runs, and its checked settings. A value.
struct PluginToRun
{
    PluginLibrary library;
    Config config;
    std::string placement{"inproc"};
    std::shared_ptr<const CanaryRule> canary{}; ///< not null: this is the canary of its plugin
    std::string stamp{};                        ///< of the library's file: another one, another content
    std::shared_ptr<const PluginFile> file{};   ///< what a process said of `library`, when one has opened it
    ProcessSpec process{};                      ///< of a process that runs it, or only tries it

    /// Whether another process has it, here or on a node.
    bool isInProcess() const noexcept { return placement == "process" || placement == "remote"; }
    /// The instance's identity, but for its generation.
    PluginIdentity identity() const
    {
        auto out = library.identity;
        out.isCanary = canary != nullptr;
        if (out.isCanary) out.provides.clear(); // services are the stable instance's
        return out;
    }
    /// Whether an instance of this can stay for one of `other`: same code, settings and placement.
    bool isSame(const PluginToRun& other) const
    {
        return library.create == other.library.create && file == other.file && placement == other.placement &&
               process.memoryLimit == other.process.memoryLimit && process.descriptors == other.process.descriptors &&
               process.node == other.process.node && config == other.config;
    }
};

} // namespace zoco::host
