/* What a plugin exports, and its life.
 *
 * A plugin is a shared library with one exported symbol, `zoco_entry`. Reading it must have no side effect: no
 * constructors that start threads, open files or print.
 *
 *   create -> init -> start -> (serving) -> drain -> stop -> destroy
 *
 * Each step has a deadline. A failed `init` or `start` is followed by `destroy`, and leaves nothing registered.
 * Several instances of one library may live at the same time (a reconfiguration makes a new one), so a plugin keeps no
 * mutable static data.
 */
#ifndef ZOCO_ABI_PLUGIN_H
#define ZOCO_ABI_PLUGIN_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

    /* The host as one plugin instance sees it. Lives from `init` until `destroy` returns. */
    typedef struct zoco_host
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] The table of an interface such as "zoco.http/1", or null when this host has none. Ids compare
         * whole. The table lives as long as this struct. */
        const void* (*get_interface)(const struct zoco_host* host, const char* id);
        /* [lifecycle] Says why the step that is now running fails; the operator reads it. Copied. */
        void (*report)(const struct zoco_host* host, zoco_str reason);
    } zoco_host;

    /* A plugin instance. Made by `create`, owned by itself, ended by `destroy`. */
    typedef struct zoco_plugin
    {
        uint32_t struct_size;
        void* self;
        zoco_status (*init)(struct zoco_plugin* plugin, const zoco_host* host); /* [lifecycle] register only */
        zoco_status (*start)(struct zoco_plugin* plugin); /* [lifecycle] the services in needs[] answer now */
        void (*stop)(struct zoco_plugin* plugin);    /* [lifecycle] after the last answer. On return no thread of the
                                                        plugin runs and none of its callbacks will be needed */
        void (*destroy)(struct zoco_plugin* plugin); /* [lifecycle] frees the instance */
        /* [any-thread] What the plugin offers to the host beyond its life, such as "zoco.health/1"; null when unknown.
         * The pointer itself may be null. */
        const void* (*get_interface)(struct zoco_plugin* plugin, const char* id);
    } zoco_plugin;

    /* Concurrency of handlers and provided calls. */
    enum
    {
        ZOCO_REENTRANT = 1, /* any number at once */
        ZOCO_SERIAL = 2     /* one at a time per instance */
    };

    /* A file embedded in the library. Lives as long as the library. Frozen.
     * kind                what it is
     * "config-schema"     properties text: the keys the plugin understands (sdk/README.md, "Settings")
     * "sql-migration"     name V###__words.sql (sdk/README.md, "Data")
     * "sql-operation"     name <anything>.sql, one or more operations
     * "openapi"           JSON object merged into /openapi.json
     * "file"              anything the plugin reads itself */
    typedef struct zoco_resource
    {
        const char* kind;
        const char* name;
        zoco_bytes data;
    } zoco_resource;

    /* The exported constant. Its strings live as long as the library. */
    typedef struct zoco_plugin_entry
    {
        uint32_t magic;     /* ZOCO_ABI_MAGIC */
        uint16_t abi_major; /* ZOCO_ABI_MAJOR of the headers it was built with */
        uint16_t abi_minor;
        uint32_t struct_size;           /* sizeof(zoco_plugin_entry) there */
        uint32_t concurrency;           /* ZOCO_REENTRANT or ZOCO_SERIAL */
        const char* id;                 /* [a-z][a-z0-9-]*, at most 40; not "host" */
        const char* version;            /* major.minor.patch */
        const char* const* provides;    /* null-ended service ids such as "acme.prices/1"; null = none */
        const char* const* needs;       /* null-ended: it does not start without these */
        const char* const* uses;        /* null-ended: it starts after these when they are there */
        const zoco_resource* resources; /* ended by an element whose kind is null; null = none */
        zoco_plugin* (*create)(void);   /* [lifecycle] null on failure */
    } zoco_plugin_entry;

/* For the definition of zoco_entry: `ZOCO_EXPORT const zoco_plugin_entry zoco_entry = {...};` */
#ifdef __cplusplus
#define ZOCO_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define ZOCO_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
}
#endif

#endif
