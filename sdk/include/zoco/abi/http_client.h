/* "zoco.http-client/1" (draft): requests to servers elsewhere, such as a payment service or an identity provider.
 *
 * Certificates and host names are verified, against the authorities of the system and those of `host.ca_file`; TLS 1.2
 * or later. Redirects are not followed, proxies not used, and each request has a connection of its own, in the process
 * where the plugin runs. What a request contains goes out as it is or not at all: nothing in it can begin a second one.
 * This reaches whatever the machine reaches; for an address that came from somebody else there is ZOCO_REACH_PUBLIC.
 */
#ifndef ZOCO_ABI_HTTP_CLIENT_H
#define ZOCO_ABI_HTTP_CLIENT_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_HTTP_CLIENT "zoco.http-client/1"

    enum
    {
        ZOCO_REACH_ANY = 0,
        /* Addresses of the public internet only, not of this machine, of networks of one's own or set aside. It is
         * the address looked up for the connection that counts, so a name that changes its mind gains nothing. */
        ZOCO_REACH_PUBLIC = 1
    };

    /* Borrowed until `send` returns. */
    typedef struct zoco_client_request
    {
        uint32_t struct_size;
        uint32_t header_count;
        zoco_str method; /* in capitals */
        zoco_str url;    /* absolute, http or https, in ASCII, without user and fragment */
        /* Not Host, Connection, Content-Length, Transfer-Encoding, TE, Trailer, Upgrade or Expect: those are the
         * host's. */
        const zoco_pair* headers;
        zoco_bytes body;
        uint32_t timeout_ms; /* from looking up the name to the answer's last byte; 0: 10,000 */
        uint64_t most_bytes; /* of the answer's body; 0: 1,048,576 */
        uint32_t reach;      /* ZOCO_REACH_*; needs a host whose most_reach is as much */
    } zoco_client_request;

    /* An answer, or why there is none. Borrowed until the taker returns. */
    typedef struct zoco_client_reply
    {
        uint32_t struct_size;
        int32_t status;           /* of HTTP, 200 to 599; 0: there is no answer */
        const zoco_pair* headers; /* in the server's order; values without control characters */
        uint32_t header_count;
        zoco_bytes body; /* whole */
        zoco_str fault;  /* when there is no answer: why, for the log */
    } zoco_client_reply;

    /* Called once, before `send` returns, on its thread. Must not throw. */
    typedef void (*zoco_client_taker)(void* ctx, const zoco_client_reply* reply);

    typedef struct zoco_http_client
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread, from start until stop returns] Waits. ZOCO_OK: the server has answered, whatever its status.
         * ZOCO_E_INVALID: it is no request, or its server has no address within `reach`; ZOCO_E_UNAVAILABLE: the server
         * cannot be reached or is not who it should be, nothing was sent; ZOCO_E_DEADLINE: the time was over before
         * anything was sent; ZOCO_E_UNKNOWN_OUTCOME: sent, but no whole answer came in time; ZOCO_E_FAILED: the answer
         * is too large or breaks the rules of HTTP; ZOCO_E_MISUSE: in init. */
        zoco_status (*send)(void* self, const zoco_client_request* request, zoco_client_taker taker, void* ctx);
        uint32_t most_reach; /* the largest value of `reach` that this host knows */
    } zoco_http_client;

#ifdef __cplusplus
}
#endif

#endif
