#pragma once

#include "Paths.h"
#include "core/config/ConfigLayers.h"
#include "keys/KeyStore.h"
#include "pipeline/Idempotency.h"
#include "pipeline/PipelineSettings.h"
#include "placement/remote/NodeSettings.h"
#include "plugins/PluginManagerSettings.h"
#include "services/mail/MailSettings.h"
#include "transport/TransportSettings.h"
#include "zoco/Log.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// The host's settings as its parts take them. A value; the one place that reads the keys of HostSchema.
struct HostSettings
{
    std::vector<std::string> listen;
    std::string adminListen;         ///< empty: none
    bool isAdminListenGiven = false; ///< by the operator, so failing to open it is fatal
    std::string tlsCertificate;      ///< of listeners whose address begins with https://; else both are empty
    std::string tlsKey;
    std::string publicUrl; ///< empty: http://localhost and the real port
    std::string dataDir;   ///< absolute
    std::string webRoot;   ///< empty: no pages
    std::vector<std::string> pluginFolders;
    LogLevel logLevel = LogLevel::Info;
    std::string logFile;
    std::string accessFile; ///< empty: requests are not logged
    std::chrono::milliseconds drainTimeout{10'000};
    std::chrono::milliseconds eventsKeep{0}; ///< durable ones that all have read
    TransportSettings transport;
    PipelineSettings pipeline;
    bool isInsecure = false; ///< session cookies travel in clear beyond this machine, as the operator accepts
    IdempotencySettings idempotency;
    KeySettings keys;
    MailSettings mail;
    PluginManagerSettings plugins;
    TlsFiles remote;   ///< shown to nodes; may be empty
    NodeSettings node; ///< of `zoco node`; may be empty

    /// Whether an address of `listen` or `adminListen` is one of TLS, and what is behind its https://.
    static bool isTls(std::string_view address) { return address.starts_with("https://"); }
    static std::string withoutScheme(const std::string& address) { return address.substr(isTls(address) ? 8 : 0); }

    /// The shop's address as far as settings tell: host.public_url, else this machine's own at the first of `listen`;
    /// empty when its port is chosen at start.
    std::string likelyUrl() const;
    /// This machine's own address.
    static std::string localUrl(bool isHttps, std::string_view port);

    static HostSettings from(const Config& config, const Paths& paths, ConfigErrors& errors);
};

/// Everything that the configuration says: the host's settings, the plugins to run, and the layers that the plugins'
/// own settings are taken from. One thread.
struct Configuration
{
    ConfigInput input; ///< so that it can be read again
    Paths paths;
    ConfigLayers layers;
    Config own; ///< the host's keys, as checked
    HostSettings host;
    std::vector<PluginChoice> plugins;
    std::vector<std::string> installed; ///< ids of the libraries in the plugin folders

    /// Reads and checks all but the plugins' own settings, which need their schemas. `next`: as it will be with this
    /// file of operators' changes.
    static Configuration read(ConfigInput input, const Paths& paths, ConfigErrors& errors,
                              const OperatorFile& next = {});
};

} // namespace zoco::host
