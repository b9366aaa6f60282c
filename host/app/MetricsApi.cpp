#include "MetricsApi.h"

#include "Version.h"

#include <algorithm>
#include <map>
#include <string>

namespace zoco::host
{

namespace
{

void writeOne(MetricText& text, std::string_view name, std::string_view type, std::string_view help, std::size_t value)
{
    text.family(name, type, help);
    text.sample("", {}, static_cast<double>(value));
}

} // namespace

MetricsApi::MetricsApi(HostEndpoints& endpoints, Metrics& metrics, const Parts& parts)
{
    metrics.collect(
        [parts](MetricText& text)
        {
            writeHost(text, parts);
            writePlugins(text, parts.plugins.status());
            writeEvents(text, parts.events.figures());
        });
    auto& route = endpoints.add(
        "GET", "/metrics", ZOCO_AUTH_ROLE,
        [&metrics](const zoco::Request&)
        { return Reply(200, metrics.text(), "text/plain; version=0.0.4; charset=utf-8"); },
        R"({"tags":["host"],"summary":"Figures in the form of Prometheus","responses":{"200":{"description":"OK"}}})");
    route.isOpenToThisMachine = true;
}

void MetricsApi::writeHost(MetricText& text, const Parts& parts)
{
    text.family("zoco_info", "gauge", "The version that runs");
    text.sample("", {{"version", std::string(kVersion)}}, 1);
    writeOne(text, "zoco_connections", "gauge", "Open connections", parts.server.connections());
    writeOne(text, "zoco_http_requests_active", "gauge", "Requests that are being answered", parts.pipeline.active());
}

/// Every state stands there for every plugin, so that one that is over shows as 0.
void MetricsApi::writePlugins(MetricText& text, const std::vector<PluginStatus>& plugins)
{
    std::map<std::string, std::map<PluginState, int>> states;
    std::map<std::string, std::uint32_t> generations;
    for (const auto& plugin : plugins)
    {
        ++states[plugin.id][plugin.state];
        generations[plugin.id] = std::max(generations[plugin.id], plugin.generation);
    }
    text.family("zoco_plugin_instances", "gauge", "Instances of a plugin by state");
    for (const auto& [id, counts] : states)
        for (int state = static_cast<int>(PluginState::Loaded); state <= static_cast<int>(PluginState::Failed); ++state)
        {
            const auto found = counts.find(static_cast<PluginState>(state));
            text.sample("", {{"plugin", id}, {"state", std::string(name(static_cast<PluginState>(state)))}},
                        found == counts.end() ? 0 : found->second);
        }
    text.family("zoco_plugin_generation", "gauge", "Number of a plugin's newest generation");
    for (const auto& [id, generation] : generations) text.sample("", {{"plugin", id}}, generation);
}

void MetricsApi::writeEvents(MetricText& text, const EventBus::Figures& figures)
{
    writeOne(text, "zoco_events_published_total", "counter", "Events taken from their publishers", figures.published);
    writeOne(text, "zoco_events_refused_total", "counter", "Events refused since a queue was full", figures.refused);
    writeOne(text, "zoco_events_handled_total", "counter", "Deliveries to a handler", figures.handled);
    writeOne(text, "zoco_events_failed_total", "counter", "Deliveries whose handler failed", figures.failed);
    writeOne(text, "zoco_events_lost_total", "counter", "Events that nobody read in time", figures.lost);
    writeOne(text, "zoco_events_waiting", "gauge", "Events in the queues", figures.waiting);
}

} // namespace zoco::host
