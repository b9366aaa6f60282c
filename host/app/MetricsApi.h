#pragma once

#include "core/Metrics.h"
#include "pipeline/HostEndpoints.h"
#include "pipeline/Pipeline.h"
#include "plugins/PluginManager.h"
#include "services/EventBus.h"
#include "transport/HttpServer.h"

namespace zoco::host
{

/// `GET /metrics`: what was counted, and the figures that parts of the host tell when asked. For operators; a listener
/// that only this machine reaches needs no login.
class MetricsApi
{
public:
    /// What is asked. All outlive the endpoint.
    struct Parts
    {
        const Pipeline& pipeline;
        const HttpServer& server;
        const PluginManager& plugins;
        const EventBus& events;
    };

    /// Adds the endpoint. Both outlive it.
    MetricsApi(HostEndpoints& endpoints, Metrics& metrics, const Parts& parts);

private:
    static void writeHost(MetricText& text, const Parts& parts);
    static void writePlugins(MetricText& text, const std::vector<PluginStatus>& plugins);
    static void writeEvents(MetricText& text, const EventBus::Figures& figures);
};

} // namespace zoco::host
