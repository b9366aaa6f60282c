/* Answers with an embedded file.
 *   GET /TerceroC */

#include "zoco/abi/http.h"
#include "zoco/abi/plugin.h"

#include <stdlib.h>
#include <string.h>

extern const zoco_resource zoco_plugin_resources[];

static zoco_status answer(void* ctx, const zoco_request* request, zoco_responder* responder)
{
    const zoco_bytes file = zoco_plugin_resources[0].data;
    const zoco_blob body = {file.data, file.size, NULL, NULL}; /* lives as long as the plugin: nothing to release */
    const zoco_pair type = {{"Content-Type", 12}, {"text/plain", 10}};
    (void)ctx;
    (void)request;
    return responder->send(responder, 200, &type, 1, body);
}

static zoco_status init(zoco_plugin* plugin, const zoco_host* host)
{
    const zoco_http* http = host->get_interface(host, ZOCO_HTTP);
    zoco_route route = {.struct_size = sizeof route, .auth = ZOCO_AUTH_PUBLIC, .method = "GET", .pattern = "/TerceroC"};
    (void)plugin;
    route.handler = answer;
    return http == NULL ? ZOCO_E_UNSUPPORTED : http->route(http->self, &route);
}

static zoco_status start(zoco_plugin* plugin)
{
    (void)plugin;
    return ZOCO_OK;
}

static void stop(zoco_plugin* plugin) { (void)plugin; }

static void destroy(zoco_plugin* plugin) { free(plugin); }

static zoco_plugin* create(void)
{
    zoco_plugin* plugin = calloc(1, sizeof *plugin);
    if (plugin == NULL) return NULL;
    plugin->struct_size = sizeof *plugin;
    plugin->init = init;
    plugin->start = start;
    plugin->stop = stop;
    plugin->destroy = destroy;
    return plugin;
}

ZOCO_EXPORT const zoco_plugin_entry zoco_entry = {
    .magic = ZOCO_ABI_MAGIC,
    .abi_major = ZOCO_ABI_MAJOR,
    .abi_minor = ZOCO_ABI_MINOR,
    .struct_size = sizeof(zoco_plugin_entry),
    .concurrency = ZOCO_REENTRANT,
    .id = "tercero-c",
    .version = "1.0.0",
    .resources = zoco_plugin_resources,
    .create = create,
};
