/* "zoco.services/1" (draft): plugins that serve plugins.
 *
 * A service is a set of named operations with typed values. A consumer resolves an operation's name and the names of
 * its parameters once, in `start`, and afterwards passes a handle and values in that order. Between them stands the
 * host: it owns the consumer's side, knows who calls, and can replace the provider under its consumers.
 */
#ifndef ZOCO_ABI_SERVICES_H
#define ZOCO_ABI_SERVICES_H

#include "plugin.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_SERVICES "zoco.services/1"

    /* A resolved operation; 0 is none. Valid while the service handle it came from is. */
    typedef uint64_t zoco_operation;

    /* One step of a call. `args` are in the order of the names given to `resolve`. Frozen. */
    typedef struct zoco_step
    {
        zoco_operation operation;
        const zoco_value* args;
        uint32_t arg_count;
        int32_t expect_rows; /* guard: rows returned or changed must be so many; -1 = any */
    } zoco_step;

    /* What goes with a call. Borrowed until it returns. */
    typedef struct zoco_call
    {
        uint32_t struct_size;
        uint32_t step_count; /* > 1: an atomic group, all or nothing, in order; args may be ZOCO_REF */
        const zoco_step* steps;
        int64_t deadline_ns; /* CLOCK_MONOTONIC; 0 = the service's own limit */
        zoco_str request_id; /* of the request being served; may be empty */
        zoco_str traceparent;
    } zoco_call;

    /* Where results go: made by the caller, used by the provider only during the call, on the calling thread.
     * Views are valid during the callback. Any pointer may be null. A negative status from columns or row ends the
     * call. */
    typedef struct zoco_sink
    {
        uint32_t struct_size;
        void* self;
        zoco_status (*columns)(void* self, uint32_t step, const zoco_str* names, uint32_t count);
        zoco_status (*row)(void* self, uint32_t step, const zoco_value* values, uint32_t count);
        void (*done)(void* self, uint32_t step, int64_t affected_rows);
        void (*problem)(void* self, const zoco_problem* problem); /* before a negative status is returned */
    } zoco_sink;

    /* A service as its consumer holds it. Host-owned; valid from `start` until `stop` returns. */
    typedef struct zoco_service
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle] Name -> handle. `params` fixes the order of args. ZOCO_E_UNSUPPORTED: no such operation, or not
         * for this plugin; ZOCO_E_INVALID: its parameters are others. The reason goes to zoco_host.report. */
        zoco_status (*resolve)(struct zoco_service* service, zoco_str operation, const zoco_str* params,
                               uint32_t param_count, zoco_operation* out);
        /* [any-thread] Blocks the calling thread at most until the deadline. `sink` may be null. */
        zoco_status (*call)(struct zoco_service* service, const zoco_call* call, zoco_sink* sink);
    } zoco_service;

    /* A consumer as its provider sees it. Host-owned; lives until `detach` for it returns. */
    typedef struct zoco_consumer
    {
        uint32_t struct_size;
        uint32_t generation;
        zoco_str plugin_id;
        zoco_str plugin_version;
        const zoco_resource* resources; /* of the consumer's entry; ended by a null kind; may be null */
    } zoco_consumer;

    /* A service as its provider implements it. Lives until the provider's `stop` returns. attach, detach and resolve
     * run one at a time, on the consumer's lifecycle thread or, when providers change under it, the provider's own,
     * within the deadline of a step; those of a serial provider also never beside a call. */
    typedef struct zoco_provider
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle] A consumer is about to start. A failure refuses it; the reason goes through `report(report_ctx,
         * text)`.
         * `*state` is the provider's own note about this consumer and comes back in the other calls. May be null. */
        zoco_status (*attach)(struct zoco_provider* provider, const zoco_consumer* consumer, void** state,
                              void (*report)(void* ctx, zoco_str reason), void* report_ctx);
        void (*detach)(struct zoco_provider* provider,
                       void* state); /* [lifecycle] after the consumer's stop; may be null */
        /* [lifecycle] As zoco_service.resolve. */
        zoco_status (*resolve)(struct zoco_provider* provider, void* state, zoco_str operation, const zoco_str* params,
                               uint32_t param_count, zoco_operation* out, void (*report)(void* ctx, zoco_str reason),
                               void* report_ctx);
        /* [any-thread] On the caller's thread. */
        zoco_status (*call)(struct zoco_provider* provider, void* state, const zoco_call* call, zoco_sink* sink);
    } zoco_provider;

    typedef struct zoco_services
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle, in init] Offers a service; the id must be in the entry's provides[]. */
        zoco_status (*provide)(void* self, const char* id, zoco_provider* provider);
        /* [lifecycle, in start] Only ids in needs[] and uses[]; null when a used one is not there. */
        zoco_service* (*find)(void* self, const char* id);
    } zoco_services;

#ifdef __cplusplus
}
#endif

#endif
