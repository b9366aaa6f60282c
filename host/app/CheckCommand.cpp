#include "CheckCommand.h"

#include "CheckedPlugin.h"
#include "MigrationCheck.h"
#include "PluginLoading.h"
#include "Startup.h"
#include "Table.h"
#include "core/net/TlsIdentity.h"
#include "plugins/DependencyOrder.h"
#include "routing/RouteTable.h"

#include <iostream>

namespace zoco::host
{

namespace
{

std::string joined(const std::vector<std::string>& texts)
{
    std::string out;
    for (const auto& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out.empty() ? "-" : out;
}

/// Services: each need offered once, no circles.
void checkServices(const std::vector<CheckedPlugin>& plugins, std::vector<std::string>& errors)
{
    std::vector<PluginIdentity> identities;
    for (const auto& p : plugins)
        identities.push_back({p.id, p.version, 1, false, p.provides, p.needs, p.uses, nullptr});
    const auto order = DependencyOrder::of(identities);
    errors.insert(errors.end(), order.errors.begin(), order.errors.end());
}

/// Routes: no two plugins claim the same requests.
void checkRoutes(const std::vector<CheckedPlugin>& plugins, std::vector<std::string>& errors)
{
    std::vector<Route> routes;
    for (const auto& p : plugins)
        for (const auto& r : p.routes)
        {
            Route route;
            route.pattern = RoutePattern::parse(r.pattern).value();
            route.method = r.method;
            route.plugin = p.id;
            routes.push_back(std::move(route));
        }
    std::vector<RouteConflict> conflicts;
    (void)RouteTable::build(std::move(routes), conflicts);
    for (const auto& c : conflicts)
        errors.push_back("two plugins claim " + c.method + ": " + c.first + " and " + c.second);
}

/// Certificates and their keys: what a start would refuse, and what the other side would.
void checkTlsFiles(const Config& config, std::vector<std::string>& errors)
{
    constexpr std::pair<const char*, const char*> kPairs[] = {{"host.tls_certificate", "host.tls_key"},
                                                              {"host.remote_certificate", "host.remote_key"},
                                                              {"node.certificate", "node.key"}};
    for (const auto& [certificate, key] : kPairs)
    {
        if (config.text(certificate).empty() || config.text(key).empty()) continue;
        for (const auto& fault : tlsFaults(config.text(certificate), config.text(key)))
        {
            const auto* name = fault.isOfKey ? key : certificate;
            errors.push_back(ConfigError{config.origin(name), name, fault.what}.text());
        }
    }
}

void print(const std::vector<CheckedPlugin>& plugins)
{
    Table services({"PLUGIN", "VERSION", "PROVIDES", "NEEDS", "USES", "COMMANDS"});
    Table routes({"METHOD", "ROUTE", "PLUGIN", "AUTH"});
    for (const auto& p : plugins)
    {
        std::vector<std::string> commands;
        for (const auto& command : p.commands) commands.push_back(command.name);
        services.add({p.id, p.version, joined(p.provides), joined(p.needs), joined(p.uses), joined(commands)});
        for (const auto& r : p.routes) routes.add({r.method, r.pattern, p.id, r.auth});
    }
    if (!services.empty()) std::cout << services.text() << '\n';
    if (!routes.empty()) std::cout << routes.text() << '\n';
    for (const auto& p : plugins)
        if (!p.node.empty() && p.errors.empty())
            std::cout << p.id << ": loaded and initialised on its node " << p.node << ", with the settings from here\n";
}

} // namespace

int check(const CommandLine& line)
{
    auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    std::vector<CheckedPlugin> plugins;
    std::vector<std::string> errors;
    try
    {
        (void)KeyStore(configuration->host.keys, configuration->host.dataDir).load(false);
    }
    catch (const std::exception& e)
    {
        errors.emplace_back(e.what());
    }
    checkTlsFiles(configuration->own, errors);
    for (const auto& choice : configuration->plugins)
    {
        if (!choice.isEnabled) continue;
        plugins.push_back(CheckedPlugin::load(*configuration, choice));
        errors.insert(errors.end(), plugins.back().errors.begin(), plugins.back().errors.end());
        if (!choice.hasCanary) continue;
        for (const auto& error : CheckedPlugin::load(*configuration, canaryOf(choice)).errors)
            errors.push_back("canary: " + error);
    }
    if (errors.empty()) checkServices(plugins, errors);
    checkRoutes(plugins, errors);
    print(plugins);
    for (const auto& name : configuration->layers.unusedVariables())
        std::cerr << "zoco: warning: unknown environment variable " << name << '\n';
    printErrors(errors);
    if (!errors.empty()) return kWrongUsage;
    std::cout << "configuration is good: " << plugins.size() << " plugins enabled\n";
    return line.args.empty() ? kDone : checkMigrations(*configuration, plugins);
}

} // namespace zoco::host
