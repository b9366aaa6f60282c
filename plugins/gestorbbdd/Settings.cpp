#include "Settings.h"

#include <filesystem>
#include <system_error>

namespace zoco::gestorbbdd
{

std::string sqlitePathOf(std::string_view url, std::string_view ownFolder)
{
    constexpr std::string_view kScheme = "sqlite:";
    if (url.substr(0, kScheme.size()) == kScheme)
    {
        const auto path = url.substr(kScheme.size());
        if (path.empty()) return std::string(ownFolder) + "/zoco.db";
        if (path.front() == '/' && path.back() != '/') return std::string(path);
    }
    const auto scheme = url.substr(0, url.find(':')); // what follows may hold a password
    throw ProblemException({500,
                            "url",
                            "url '" + std::string(scheme) +
                                ":...' is not supported; there are 'sqlite:' (a file in the plugin's own folder) and "
                                "'sqlite:/absolute/path'",
                            "",
                            {},
                            ZOCO_E_UNSUPPORTED});
}

namespace
{

/// Told before the start already, by a check of the configuration.
void refuseWithoutFolder(const std::string& path)
{
    const auto folder = std::filesystem::path(path).parent_path();
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored))
        throw ProblemException({500, "url", "url: there is no folder " + folder.string(), "", {}, ZOCO_E_INVALID});
}

} // namespace

Settings readSettings(const Config& config, std::string_view ownFolder)
{
    Settings out;
    out.sqlite.path = sqlitePathOf(config.text("url"), ownFolder);
    refuseWithoutFolder(out.sqlite.path);
    out.sqlite.readers = static_cast<std::uint32_t>(config.integer("readers"));
    out.sqlite.waitMs = config.integer("wait_ms");
    out.timeoutMs = config.integer("timeout_ms");
    return out;
}

} // namespace zoco::gestorbbdd
