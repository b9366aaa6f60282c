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

[[noreturn]] void refuse(const char* key, const std::string& why)
{
    throw ProblemException({500, "settings", std::string(key) + ": " + why, "", {}, ZOCO_E_INVALID});
}

mariadb::Settings readServer(const Config& config)
{
    mariadb::Settings out;
    if (const auto fault = mariadb::parseUrl(config.text("url"), out); !fault.empty()) refuse("url", fault);
    if (const auto fault = mariadb::parseReplicas(config.text("replicas"), out.replicas); !fault.empty())
        refuse("replicas", fault);
    out.running.password = config.text("password");
    out.migrating = {std::string(config.text("migration_user")), std::string(config.text("migration_password"))};
    if (out.migrating.user.empty() && !out.migrating.password.empty())
        refuse("migration_password", "it is of no use without migration_user");
    const auto tls = config.text("tls");
    out.tls = tls == "verify" ? mariadb::Tls::Verify : tls == "required" ? mariadb::Tls::Required : mariadb::Tls::Off;
    out.tlsCa = config.text("tls_ca");
    std::error_code ignored;
    if (!out.tlsCa.empty() && !std::filesystem::is_regular_file(out.tlsCa, ignored))
        refuse("tls_ca", "there is no file " + out.tlsCa);
    if (!out.tlsCa.empty() && out.tls != mariadb::Tls::Verify) refuse("tls_ca", "it is of use with tls = verify alone");
    out.connectTimeoutMs = config.integer("connect_timeout_ms");
    out.connections = static_cast<std::uint32_t>(config.integer("connections"));
    out.maxAgeMs = config.integer("connection_max_age_ms");
    out.waitMs = config.integer("wait_ms");
    out.timeoutMs = config.integer("timeout_ms");
    return out;
}

} // namespace

Settings readSettings(const Config& config, std::string_view ownFolder)
{
    Settings out;
    out.limits = {config.integer("timeout_ms"), config.integer("slow_ms")};
    if (config.text("url").substr(0, 6) == "mysql:")
    {
        out.server = readServer(config);
        return out;
    }
    out.sqlite.path = sqlitePathOf(config.text("url"), ownFolder);
    refuseWithoutFolder(out.sqlite.path);
    out.sqlite.readers = static_cast<std::uint32_t>(config.integer("readers"));
    out.sqlite.mapBytes = config.integer("map_mb") * 1024 * 1024;
    out.sqlite.waitMs = config.integer("wait_ms");
    return out;
}

} // namespace zoco::gestorbbdd
