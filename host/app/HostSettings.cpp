#include "HostSettings.h"

#include "pipeline/HostName.h"
#include "pipeline/SecurityHeaders.h"
#include "routing/CanaryRule.h"
#include "transport/Listener.h"

#include <algorithm>
#include <filesystem>

namespace zoco::host
{

namespace
{

LogLevel levelOf(const std::string& name)
{
    if (name == "error") return LogLevel::Error;
    if (name == "warning") return LogLevel::Warning;
    return name == "debug" ? LogLevel::Debug : LogLevel::Info;
}

/// The parts of a list with colons; relative ones in a file count from that file's folder.
std::vector<std::string> folders(const std::string& text, const Origin& origin, const std::string& fallback)
{
    const auto base =
        origin.line > 0 ? std::filesystem::absolute(origin.file).parent_path() : std::filesystem::current_path();
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();)
    {
        const auto end = std::min(text.find(':', at), text.size());
        if (end > at) out.push_back((base / text.substr(at, end - at)).lexically_normal().string());
        at = end + 1;
    }
    if (out.empty()) out.push_back(fallback);
    return out;
}

bool isLoopback(std::string_view host) { return namesThisMachine(host) || host.ends_with(".localhost"); }

/// What is wrong with host.public_url, or empty.
std::string publicUrlFault(std::string_view url, bool mayBeInsecure)
{
    const bool isHttps = url.starts_with("https://");
    if (!isHttps && !url.starts_with("http://")) return "must start with https:// or http://";
    const auto authority = url.substr(isHttps ? 8 : 7);
    if (authority.empty() || authority.find_first_of("/?#@ ") != std::string_view::npos)
        return "must be scheme, host and port only, such as https://shop.example";
    const auto host = authority.substr(0, authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':'));
    if (isHttps || isLoopback(host) || mayBeInsecure) return {};
    return "is plain http, where a login's cookie travels in clear; use https, or accept it with host.insecure_cookies "
           "= true";
}

TransportSettings transportFrom(const Config& c)
{
    TransportSettings out;
    const auto count = [&](std::string_view key) { return static_cast<std::size_t>(c.integer(key)); };
    out.parser.headerBytes = count("host.max_header_bytes");
    out.loops = count("host.loops");
    out.headerTimeoutMs = c.integer("host.header_timeout_ms");
    out.minRate = static_cast<std::uint64_t>(c.integer("host.body_min_rate"));
    out.bodyMemory = count("host.body_memory");
    out.idleTimeoutMs = c.integer("host.idle_timeout_ms");
    out.writeTimeoutMs = c.integer("host.write_timeout_ms");
    out.maxConnections = count("host.max_connections");
    out.maxConnectionsPerClient = count("host.max_connections_per_client");
    return out;
}

MailSettings mailFrom(const Config& c, const std::string& dataDir, const std::string& caFile, ConfigErrors& errors)
{
    MailSettings out;
    const auto fault = [&](const char* key, const char* what) { errors.push_back({c.origin(key), key, what}); };
    const auto& url = c.text("mail.url");
    if (!url.empty())
    {
        out.server = SmtpServer::parse(url);
        if (!out.server) fault("mail.url", "must be smtp://user@host:port or smtps://user@host:port");
    }
    const auto from = MailFrom::parse(c.text("mail.from"));
    if (!from)
        fault("mail.from", "must be an address, or a name and an address in angle brackets");
    else
        out.from = *from;
    out.password = c.text("mail.password");
    if (out.server && c.text("mail.tls") == "off" && out.server->tls == SmtpServer::Tls::StartTls)
        out.server->tls = SmtpServer::Tls::None;
    if (out.server && c.isDefault("mail.from")) fault("mail.from", "must be set, since mail.url is");
    if (out.server && !out.server->user.empty() && out.password.empty())
        fault("mail.password_file", "must be set, since mail.url names a user");
    if (out.server && !out.server->user.empty() && out.server->tls == SmtpServer::Tls::None &&
        !namesThisMachine(out.server->host)) // names below localhost may be asked of DNS
        fault("mail.tls", "is off, and the password would go out in clear");
    out.folder = dataDir + "/mail";
    out.spool = dataDir + "/mail-spool";
    out.caFile = caFile;
    out.firstPauseMs = c.integer("mail.retry_ms");
    return out;
}

/// What a plugin on a node needs.
void checkRemote(const PluginChoice& plugin, const Config& host, ConfigErrors& errors)
{
    const bool isRemote = plugin.placement == "remote" || (plugin.hasCanary && plugin.canaryPlacement == "remote");
    if (!plugin.isEnabled || !isRemote) return;
    const auto key = "plugins." + plugin.id + ".address";
    if (plugin.address.empty())
        errors.push_back({plugin.origin, key, "must name the plugin's node, host:port, since its placement is remote"});
    else if (const auto fault = Listener::faultOf(plugin.address); !fault.empty())
        errors.push_back({plugin.origin, key, fault});
    for (const auto* file : {"host.remote_certificate", "host.remote_key", "host.remote_ca"})
        if (host.text(file).empty())
            errors.push_back({plugin.origin, file, "must be set, since the placement of " + plugin.id + " is remote"});
}

} // namespace

HostSettings HostSettings::from(const Config& c, const Paths& paths, ConfigErrors& errors)
{
    HostSettings out;
    const auto fault = [&](const char* key, const std::string& what)
    {
        if (!what.empty()) errors.push_back({c.origin(key), key, what});
    };
    out.listen = c.list("host.listen");
    if (out.listen.empty()) fault("host.listen", "must name at least one address");
    for (const auto& address : out.listen) fault("host.listen", Listener::faultOf(withoutScheme(address)));
    out.adminListen = c.text("host.admin_listen");
    out.isAdminListenGiven = !c.isDefault("host.admin_listen");
    if (!out.adminListen.empty()) fault("host.admin_listen", Listener::faultOf(withoutScheme(out.adminListen)));
    out.tlsCertificate = c.text("host.tls_certificate");
    out.tlsKey = c.text("host.tls_key");
    if (isTls(out.adminListen) || std::any_of(out.listen.begin(), out.listen.end(), &isTls))
        for (const auto* file : {"host.tls_certificate", "host.tls_key"})
            if (c.text(file).empty()) fault(file, "must be set, since an address begins with https://");
    out.publicUrl = c.text("host.public_url");
    if (out.publicUrl.ends_with('/')) out.publicUrl.pop_back();
    if (!out.publicUrl.empty())
        fault("host.public_url", publicUrlFault(out.publicUrl, c.boolean("host.insecure_cookies")));
    out.isInsecure = !out.publicUrl.empty() && !publicUrlFault(out.publicUrl, false).empty();

    for (const auto& target : c.list("host.form_targets")) fault("host.form_targets", formTargetFault(target));
    out.pipeline.formTargets = c.list("host.form_targets");

    out.dataDir = std::filesystem::absolute(c.text("data.dir")).lexically_normal().string();
    out.webRoot = c.text("web.root").empty() ? paths.webRoot : c.text("web.root");
    if (!std::filesystem::is_directory(out.webRoot))
    {
        if (!c.isDefault("web.root")) fault("web.root", "is not a folder: " + out.webRoot);
        out.webRoot.clear();
    }
    out.pluginFolders = folders(c.text("plugins.path"), c.origin("plugins.path"), paths.plugins);
    out.logLevel = levelOf(c.text("log.level"));
    out.logFile = c.text("log.file");
    if (c.text("log.access") == "on") out.accessFile = c.text("log.access_file");
    out.drainTimeout = std::chrono::milliseconds(c.integer("host.drain_timeout_ms"));
    out.eventsKeep = std::chrono::milliseconds(c.integer("host.events_keep_ms"));

    out.transport = transportFrom(c);
    out.pipeline.requestTimeoutMs = c.integer("host.request_timeout_ms");
    out.pipeline.bodyLimit = static_cast<std::uint64_t>(c.integer("host.body_limit"));
    out.pipeline.publicUrl = out.publicUrl;
    out.pipeline.hosts = c.list("host.hosts");
    const auto proxies = c.list("host.trusted_proxies");
    for (const auto& proxy : proxies) fault("host.trusted_proxies", NetworkList::faultOf(proxy));
    out.pipeline.trustedProxies = out.transport.trustedProxies = NetworkList(proxies);
    out.pipeline.areRatesLimited = c.text("host.rate_limits") == "on";
    out.idempotency.mayMakeKey = c.text("host.idempotency_key_file").empty();
    out.idempotency.keyFile =
        out.idempotency.mayMakeKey ? out.dataDir + "/idempotency.key" : c.text("host.idempotency_key_file");
    out.idempotency.retention = std::chrono::hours(c.integer("host.idempotency_hours"));
    out.keys = {c.text("host.keys_file"), c.text("host.keys"), c.text("host.keys_command")};
    if (!out.keys.file.empty() + !out.keys.text.empty() + !out.keys.command.empty() > 1)
        fault(out.keys.file.empty() ? "host.keys_command" : "host.keys_file",
              "only one of host.keys_file, host.keys_command and ZOCO_HOST_KEYS may be set");
    out.mail = mailFrom(c, out.dataDir, c.text("host.ca_file"), errors);
    out.plugins.startTimeout = std::chrono::milliseconds(c.integer("host.plugin_start_timeout_ms"));
    out.plugins.stopTimeout = std::chrono::milliseconds(c.integer("host.plugin_stop_timeout_ms"));
    out.plugins.filesRoot = out.dataDir + "/plugins";
    out.plugins.caFile = c.text("host.ca_file");
    if (!out.plugins.caFile.empty() && !std::filesystem::is_regular_file(out.plugins.caFile))
        fault("host.ca_file", "is not a file: " + out.plugins.caFile);
    out.plugins.threads = static_cast<std::size_t>(c.integer("host.workers"));
    out.plugins.drainTimeout = out.drainTimeout;
    out.plugins.queueLimit = static_cast<std::size_t>(c.integer("host.plugin_queue"));
    out.remote = {c.text("host.remote_certificate"), c.text("host.remote_key"), c.text("host.remote_ca")};
    out.node.listen = c.text("node.listen");
    if (!out.node.listen.empty()) fault("node.listen", Listener::faultOf(out.node.listen));
    out.node.tls = {c.text("node.certificate"), c.text("node.key"), c.text("node.ca")};
    return out;
}

Configuration Configuration::read(ConfigInput input, const Paths& paths, ConfigErrors& errors, const OperatorFile& next)
{
    ConfigLayers layers(input, errors);
    Configuration out{std::move(input), paths, std::move(layers), {}, {}, {}, {}};
    out.own = out.layers.host(errors);
    out.host = HostSettings::from(out.own, paths, errors);
    const auto& operators = out.input.operatorFolder.empty() ? out.host.dataDir : out.input.operatorFolder;
    out.layers.addOperatorChanges(operators, next, errors);
    out.installed = installedPlugins(out.host.pluginFolders);
    out.plugins = out.layers.plugins(out.own.list("plugins.default"), out.installed, errors);
    for (const auto& plugin : out.plugins)
    {
        checkRemote(plugin, out.own, errors);
        if (const auto fault = CanaryRule::faultOf(plugin.canaryHeader); !fault.empty())
            errors.push_back({plugin.origin, "plugins." + plugin.id + ".canary_header", fault});
    }
    return out;
}

std::string HostSettings::localUrl(bool isHttps, std::string_view port)
{
    return (isHttps ? "https://localhost:" : "http://localhost:") + std::string(port);
}

std::string HostSettings::likelyUrl() const
{
    if (!publicUrl.empty() || listen.empty()) return publicUrl;
    const auto& first = listen.front();
    const auto port = std::string_view(first).substr(first.rfind(':') + 1);
    return port == "0" ? std::string() : localUrl(isTls(first), port);
}

} // namespace zoco::host
