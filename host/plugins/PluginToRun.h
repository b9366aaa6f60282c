#pragma once

#include "PluginLibrary.h"
#include "core/config/Config.h"

#include <string>

namespace zoco::host
{

/// A plugin to run: its library, where it runs, and its checked settings. A value.
struct PluginToRun
{
    PluginLibrary library;
    Config config;
    std::string placement{"inproc"};
    std::string stamp{}; ///< of the library's file: another one, another content

    /// Whether an instance of this can stay for one of `other`: same code, settings and placement.
    bool isSame(const PluginToRun& other) const
    {
        return library.create == other.library.create && placement == other.placement && config == other.config;
    }
};

} // namespace zoco::host
