/* "zoco.http/1" (draft): routes and their handlers. */
#ifndef ZOCO_ABI_HTTP_H
#define ZOCO_ABI_HTTP_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_HTTP "zoco.http/1"

    /* By what a request is known again when its client sends it twice. Made by the host, which found no answer stored
     * for it: the handler stores its own, by gestorbbdd's operation `respuesta_guardar`, in the group of what it
     * changes. Lives as long as the request. */
    typedef struct zoco_idempotency
    {
        uint32_t struct_size;
        zoco_str key;           /* Idempotency-Key, without quotes */
        zoco_str route;         /* "POST /Pedidos" */
        zoco_str subject;       /* who asks; empty: nobody in particular */
        zoco_bytes fingerprint; /* of the request, by a key of the host's: it tells nothing of it */
    } zoco_idempotency;

    /* A request, complete and checked. Made by the host. Everything in it is valid until the handler returns, or, when
     * it returned ZOCO_DEFERRED, until the responder is released.
     * Claims, none when anonymous: "sub" the user, "sid" the session, "role" once for each role, "auth_time" when they
     * last proved who they are (seconds since 1970), "amr" by what; and on routes of ZOCO_AUTH_VISITOR "visitor", which
     * stays the same for one browser. Where they come from: zoco/Auth.h. */
    typedef struct zoco_request
    {
        uint32_t struct_size;
        uint32_t param_count;
        uint32_t header_count;
        uint32_t claim_count;
        zoco_str method;          /* upper case as received */
        zoco_str path;            /* without query, percent-encoded as received */
        zoco_str query;           /* without '?', percent-encoded */
        const zoco_pair* params;  /* of the route's pattern, percent-decoded */
        const zoco_pair* headers; /* as received, in order, names in any case; without X-Request-Id, Zoco-..., what a
                                     stranger says of forwarding, and what a client shows to be known again */
        const zoco_pair* claims;  /* set by the host: who asks; see below */
        zoco_bytes body;
        zoco_str request_id;
        zoco_str traceparent; /* W3C trace context of this hop */
        zoco_str tracestate;
        zoco_str client_address;             /* after trusted proxies */
        zoco_str public_url;                 /* the shop's address as the world sees it, without a final '/' */
        int64_t deadline_ns;                 /* CLOCK_MONOTONIC; an answer after it is thrown away */
        const zoco_idempotency* idempotency; /* null: it has no Idempotency-Key, or its route takes none */
    } zoco_request;

    /* Takes the one answer to one request. Made by the host. Valid until the handler returns; when the handler returns
     * ZOCO_DEFERRED, until `release` is called, which must happen exactly once and on any thread. */
    typedef struct zoco_responder
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] Answers. Headers are copied; Content-Length, Date, Connection and the security headers are the
         * host's, and so are cookies that clients are known by: "Zoco-Session: TOKEN; Max-Age=SECONDS", from the plugin
         * that provides zoco.auth/1 alone, makes the host set one, and an empty value clears it. `body.release` is
         * called once, also on failure. A second answer is ZOCO_E_MISUSE. */
        zoco_status (*send)(struct zoco_responder* responder, int32_t status, const zoco_pair* headers,
                            uint32_t header_count, zoco_blob body);
        /* [any-thread] Answers with a problem, rendered by the host. */
        zoco_status (*fail)(struct zoco_responder* responder, const zoco_problem* problem);
        /* [any-thread] 1 when nobody waits for the answer any more: the client went away or the deadline passed. */
        int32_t (*is_cancelled)(struct zoco_responder* responder);
        /* [any-thread] Ends a deferred use. If nothing was sent, the client gets a 500. */
        void (*release)(struct zoco_responder* responder);
    } zoco_responder;

    /* [worker] Answers a request: sends and returns ZOCO_OK; or keeps the responder and returns ZOCO_DEFERRED; or
     * returns a negative status, which becomes a 500. Returning ZOCO_OK without having sent is a 500 as well. */
    typedef zoco_status (*zoco_handler)(void* ctx, const zoco_request* request, zoco_responder* responder);

    /* Who may call a route. The host enforces it. */
    enum
    {
        ZOCO_AUTH_USER = 1,    /* somebody who is logged in */
        ZOCO_AUTH_PUBLIC = 2,  /* everybody */
        ZOCO_AUTH_VISITOR = 3, /* guest or user, known by an identity cookie */
        ZOCO_AUTH_ROLE = 4,    /* who has `role` */
        ZOCO_AUTH_INTERNAL = 5 /* only the operator's socket and other plugins */
    };

    enum
    {
        ZOCO_ROUTE_IDEMPOTENT =
            1u << 0, /* repeating it changes nothing more; GET, HEAD, PUT and DELETE are so anyway */
        ZOCO_ROUTE_NON_BLOCKING = 1u << 1 /* its handler never blocks; configuration may let it run in the event loop */
    };

    /* Whether a route takes an Idempotency-Key: a request that comes twice with one gets the answer of the first time
     * again, when the handler stored it. Not for GET. */
    enum
    {
        ZOCO_IDEMPOTENCY_ACCEPTED = 1,
        ZOCO_IDEMPOTENCY_REQUIRED = 2 /* without one: 400 */
    };

    /* A route. Copied by `route`. Text that is null or a number that is 0 means the default. */
    typedef struct zoco_route
    {
        uint32_t struct_size;
        uint32_t auth;       /* ZOCO_AUTH_..., default ZOCO_AUTH_USER */
        const char* method;  /* "GET" (answers HEAD too), "POST", ... */
        const char* pattern; /* "/Hola/{nombre}": a parameter is one whole segment; "{resto...}" takes the rest */
        const char* role;    /* for ZOCO_AUTH_ROLE */
        uint32_t flags;
        uint32_t timeout_ms;       /* default host.request_timeout_ms */
        uint64_t body_limit;       /* bytes; default host.body_limit; no body is accepted for GET, HEAD and DELETE */
        uint32_t rate_count;       /* at most so many requests ... */
        uint32_t rate_window_ms;   /* ... in this time from one client; default none */
        const char* cache_control; /* default "no-store" */
        const char* openapi;       /* JSON: the OpenAPI 3.1 operation object */
        zoco_handler handler;
        void* ctx;            /* passed to the handler; lives until `stop` returns */
        uint32_t idempotency; /* ZOCO_IDEMPOTENCY_..., default none */
    } zoco_route;

    typedef struct zoco_http
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle, in init] Registers a route. ZOCO_E_INVALID for a bad pattern; a route that another plugin owns is
         * found when all plugins have registered, and named to the operator. */
        zoco_status (*route)(void* self, const zoco_route* route);
    } zoco_http;

#ifdef __cplusplus
}
#endif

#endif
