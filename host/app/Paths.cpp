#include "Paths.h"

#include <filesystem>

namespace zoco::host
{

namespace fs = std::filesystem;

namespace
{

/// The first of these folders, counted from the binary's, that exists; the first one when none does.
std::string firstFolder(const fs::path& binary, std::initializer_list<const char*> candidates)
{
    std::error_code none;
    for (const auto* candidate : candidates)
    {
        const auto folder = fs::weakly_canonical(binary.parent_path() / candidate, none);
        if (fs::is_directory(folder, none)) return folder.string();
    }
    return (binary.parent_path() / *candidates.begin()).lexically_normal().string();
}

} // namespace

Paths Paths::ofThisProgram()
{
    std::error_code none;
    const auto binary = fs::read_symlink("/proc/self/exe", none);
    return {binary.string(), firstFolder(binary, {"../plugins", "../lib/zoco/plugins"}),
            firstFolder(binary, {"../webroot", "../share/zoco/webroot"})};
}

std::vector<std::string> installedPlugins(const std::vector<std::string>& folders)
{
    std::vector<std::string> out;
    std::error_code none;
    for (const auto& folder : folders)
        for (const auto& entry : fs::directory_iterator(folder, none))
            if (entry.path().extension() == ".so") out.push_back(entry.path().stem().string());
    return out;
}

std::string findPlugin(const std::string& id, const std::vector<std::string>& folders)
{
    std::error_code none;
    for (const auto& folder : folders)
    {
        const auto path = fs::path(folder) / (id + ".so");
        if (fs::is_regular_file(path, none)) return path.string();
    }
    return {};
}

} // namespace zoco::host
