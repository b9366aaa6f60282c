#pragma once

#include "Support.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace zoco::gestorbbdd::test
{

/// The SQL of a plugin of this project, as its folder has it.
inline Embedded embeddedOf(const std::string& plugin)
{
    const auto folder = std::string(ZOCO_SOURCE_DIR "/plugins/") + plugin + "/sql/";
    const auto filesIn = [](const std::string& path)
    {
        std::vector<std::filesystem::path> out;
        for (const auto& entry : std::filesystem::directory_iterator(path)) out.push_back(entry.path());
        std::sort(out.begin(), out.end());
        return out;
    };
    const auto textOf = [](const std::filesystem::path& path)
    {
        std::ifstream in(path);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    Embedded out;
    for (const auto& path : filesIn(folder + "migrations")) out.migration(path.filename(), textOf(path));
    for (const auto& path : filesIn(folder + "operations")) out.operations(path.filename(), textOf(path));
    return out;
}

} // namespace zoco::gestorbbdd::test
