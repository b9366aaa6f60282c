/* Basic types of the ABI. Everything that crosses between host and plugin is built from these.
 *
 * Rules that hold in every header of this folder:
 * - A struct that may grow starts with `struct_size` (bytes, as its creator knows it), is passed by pointer and grows
 *   only at its end. A reader uses min(struct_size, sizeof); what lies behind is absent, as if zero.
 *   Types marked "frozen" are elements of arrays and never change.
 * - Text is UTF-8 with a length, not 0-terminated, unless it is a `const char*`.
 * - "borrowed" memory is valid until the call returns, unless a longer time is stated. Neither side frees the other's
 *   memory: a `zoco_blob` brings its own release.
 * - No exception crosses. A function that can fail returns a zoco_status.
 * - Threads: [lifecycle] the one thread that creates, starts and stops this plugin; [worker] a thread of the host that
 *   runs handlers; [any-thread] every thread, the plugin's own included, at the same time.
 * - Enumerations: 0 is no valid choice, except ZOCO_OK. A reader treats an unknown number as an error.
 */
#ifndef ZOCO_ABI_BASE_H
#define ZOCO_ABI_BASE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_ABI_MAGIC 0x4f434f5au /* "ZOCO" in memory on a little-endian machine */
#define ZOCO_ABI_MAJOR 1u          /* differs: the plugin is refused */
#define ZOCO_ABI_MINOR 0u          /* additions only; may differ either way */

    /* Borrowed text. Frozen. */
    typedef struct zoco_str
    {
        const char* data;
        size_t size;
    } zoco_str;

    /* Borrowed bytes. Frozen. */
    typedef struct zoco_bytes
    {
        const void* data;
        size_t size;
    } zoco_bytes;

    /* Bytes that stay their producer's: the consumer calls `release(ctx)` exactly once, on any thread, when done.
     * `release` may be null for memory that lives as long as the plugin. Frozen. */
    typedef struct zoco_blob
    {
        const void* data;
        size_t size;
        void (*release)(void* ctx); /* [any-thread] */
        void* ctx;
    } zoco_blob;

    /* A name and a text, as in headers, path parameters and claims. Frozen. */
    typedef struct zoco_pair
    {
        zoco_str name;
        zoco_str value;
    } zoco_pair;

    /* >= 0 success, < 0 failure. */
    typedef int32_t zoco_status;
    enum
    {
        ZOCO_OK = 0,
        ZOCO_DEFERRED = 1,           /* a handler: the answer comes later */
        ZOCO_E_FAILED = -1,          /* the operation failed; details went to a problem or the log */
        ZOCO_E_UNSUPPORTED = -2,     /* not known, or not offered by this host */
        ZOCO_E_INVALID = -3,         /* an argument is wrong */
        ZOCO_E_DEADLINE = -4,        /* the deadline passed; the operation did not happen */
        ZOCO_E_MISUSE = -5,          /* the contract was broken: answered twice, wrong thread, called after stop */
        ZOCO_E_UNAVAILABLE = -6,     /* the other side is away or full; the operation did not happen */
        ZOCO_E_UNKNOWN_OUTCOME = -7, /* sent, no answer: it may have happened */
        ZOCO_E_GUARD = -8,      /* a step of an atomic group did not affect the rows it expected: nothing happened */
        ZOCO_E_DUPLICATE = -9,  /* a unique key is taken: nothing happened */
        ZOCO_E_CONSTRAINT = -10 /* another rule of the data was broken: nothing happened */
    };

    /* An error as a client sees it (RFC 9457). Only the host renders it; `instance` and the request id are its own.
     * All views are borrowed until the call that passes it returns. */
    typedef struct zoco_problem
    {
        uint32_t struct_size;
        int32_t status;          /* HTTP status, 400 to 599 */
        zoco_str slug;           /* makes urn:zoco:problem:<slug>; lower case, digits and '-' */
        zoco_str title;          /* the same for every problem of this slug */
        zoco_str detail;         /* this case; for the client, so nothing internal */
        const zoco_pair* errors; /* validation faults: name = JSON Pointer, value = what is wrong */
        uint32_t error_count;
        /* Seconds until another try makes sense, as Retry-After tells it; 0 = none. 64 bits, so that it lies behind
         * what was padding before. */
        uint64_t retry_after;
    } zoco_problem;

    /* Kinds of zoco_value. */
    enum
    {
        ZOCO_NULL = 1,
        ZOCO_BOOL = 2, /* as.i, 0 or 1 */
        ZOCO_INT = 3,  /* as.i; money is integer minor units */
        ZOCO_REAL = 4, /* as.d */
        ZOCO_TEXT = 5, /* as.b, UTF-8 */
        ZOCO_BLOB = 6, /* as.b */
        ZOCO_TIME = 7, /* as.i, microseconds since 1970-01-01T00:00:00Z */
        ZOCO_LIST = 8, /* as.list, aux elements */
        ZOCO_REF = 9   /* in an atomic group: column as.b of the first row of step `aux` (counted from 0) */
    };

    /* A typed value: parameter, column, field of a log record, setting. Frozen. */
    typedef struct zoco_value
    {
        uint32_t kind;
        uint32_t aux;
        union
        {
            int64_t i;
            double d;
            zoco_bytes b;
            const struct zoco_value* list;
        } as;
    } zoco_value;

    /* A named value. Frozen. */
    typedef struct zoco_field
    {
        zoco_str name;
        zoco_value value;
    } zoco_field;

#ifdef __cplusplus
}
#endif

#endif
