/* A plugin in plain C11, against the ABI itself: what the C++ wrapper does for you, written out.
 *   GET /HolaC/Ana  ->  Hola, Ana
 * Look here for: reading a parameter, memory that goes along with the answer, a problem, an out-of-memory path. */

#include "zoco/abi/http.h"
#include "zoco/abi/log.h"
#include "zoco/abi/plugin.h"

#include <stdlib.h>
#include <string.h>

#define NAME_LIMIT 100

/* One instance. Everything it needs lives in here: a plugin has no mutable static data. */
struct hola
{
    zoco_plugin table;
    const zoco_host* host;
    const zoco_log* log; /* null when the host has none */
};

static zoco_str text(const char* s)
{
    const zoco_str out = {s, strlen(s)};
    return out;
}

/* Why the present step fails, for the operator. */
static zoco_status refuse(const struct hola* hola, const char* reason)
{
    hola->host->report(hola->host, text(reason));
    return ZOCO_E_FAILED;
}

static zoco_str parameter(const zoco_request* request, const char* name)
{
    const zoco_str none = {NULL, 0};
    const zoco_str wanted = text(name);
    for (uint32_t i = 0; i < request->param_count; ++i)
    {
        const zoco_pair* p = &request->params[i];
        if (p->name.size == wanted.size && memcmp(p->name.data, wanted.data, wanted.size) == 0) return p->value;
    }
    return none;
}

/* An expected fault of the client: a problem, which the host renders. */
static zoco_status fail_too_long(zoco_responder* responder)
{
    const zoco_pair fault = {text("/nombre"), text("at most 100 bytes")};
    zoco_problem problem = {.struct_size = sizeof problem, .status = 422};
    problem.slug = text("invalid");
    problem.title = text("The request is not valid");
    problem.detail = text("The name is too long.");
    problem.errors = &fault;
    problem.error_count = 1;
    return responder->fail(responder, &problem);
}

static zoco_status greet(void* ctx, const zoco_request* request, zoco_responder* responder)
{
    static const char kHola[] = "Hola, ";
    const size_t prefix = sizeof kHola - 1;
    const struct hola* hola = ctx;
    const zoco_str name = parameter(request, "nombre");
    if (name.size > NAME_LIMIT) return fail_too_long(responder);

    char* body = malloc(prefix + name.size);
    if (body == NULL)
    {
        if (hola->log != NULL) hola->log->write(hola->log->self, ZOCO_LOG_ERROR, text("out of memory"), NULL, 0);
        return ZOCO_E_FAILED; /* the host answers 500 */
    }
    memcpy(body, kHola, prefix);
    if (name.size > 0) memcpy(body + prefix, name.data, name.size);

    const zoco_pair type = {text("Content-Type"), text("text/plain; charset=utf-8")};
    /* From here on the host owns the duty to call free(body), whether or not send succeeds. */
    const zoco_blob blob = {body, prefix + name.size, free, body};
    return responder->send(responder, 200, &type, 1, blob);
}

static zoco_status init(zoco_plugin* plugin, const zoco_host* host)
{
    struct hola* hola = plugin->self;
    hola->host = host;
    hola->log = host->get_interface(host, ZOCO_LOG);
    const zoco_http* http = host->get_interface(host, ZOCO_HTTP);
    if (http == NULL) return refuse(hola, "this host does not offer " ZOCO_HTTP);

    zoco_route route = {.struct_size = sizeof route}; /* what is not set is the default */
    route.auth = ZOCO_AUTH_PUBLIC;
    route.method = "GET";
    route.pattern = "/HolaC/{nombre}";
    route.handler = greet;
    route.ctx = hola;
    if (http->route(http->self, &route) != ZOCO_OK) return refuse(hola, "the host refused GET /HolaC/{nombre}");
    return ZOCO_OK;
}

static zoco_status start(zoco_plugin* plugin)
{
    (void)plugin;
    return ZOCO_OK;
}

static void stop(zoco_plugin* plugin) { (void)plugin; }

static void destroy(zoco_plugin* plugin) { free(plugin->self); }

static zoco_plugin* create(void)
{
    struct hola* hola = calloc(1, sizeof *hola);
    if (hola == NULL) return NULL;
    hola->table.struct_size = sizeof hola->table;
    hola->table.self = hola;
    hola->table.init = init;
    hola->table.start = start;
    hola->table.stop = stop;
    hola->table.destroy = destroy;
    return &hola->table;
}

ZOCO_EXPORT const zoco_plugin_entry zoco_entry = {
    .magic = ZOCO_ABI_MAGIC,
    .abi_major = ZOCO_ABI_MAJOR,
    .abi_minor = ZOCO_ABI_MINOR,
    .struct_size = sizeof(zoco_plugin_entry),
    .concurrency = ZOCO_REENTRANT,
    .id = "hola-c",
    .version = "1.0.0",
    .create = create,
};
