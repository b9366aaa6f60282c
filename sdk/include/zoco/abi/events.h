/* "zoco.events/1" (draft): plugins tell each other what happened, without knowing each other.
 *
 * An event has a topic, such as "pedidos.creado", and named typed values. There are two sorts, and a subscription gets
 * both:
 * - Durable ones are written by a step of the publisher's own atomic group, the published operation gestorbbdd.publicar
 *   (zoco/Outbox.h), so that they are there with what they tell of, or not at all. All of them have one order, given
 * when they are committed: `number`, without gaps. At least once: one that is being handled when its process ends comes
 *   again. One whose handler fails comes again after 0.1 s, and then after twice the time before; after five tries it
 * is put aside for an operator, who may have it handed out again, and the next one comes.
 * - Those of `publish` live in the memory of the host and are lost when it ends: for what is frequent and may be
 * missed. One whose handler fails is logged and gone; one whose process ended before its handler returned is handed out
 * again, three times at most. `number` is 0.
 *
 * Kinds of subscription:
 * - ZOCO_COMPETING: of all instances of the plugin (generations, nodes) one handles each event.
 * - ZOCO_BROADCAST: each instance handles each event.
 *
 * Each subscription gets its events in the order in which they were published, one at a time. Events are kept for it
 * from its init on and delivered from when its instance serves: a new generation misses none. When it takes over,
 * events that compete and have not been handed out go to it; one that the old generation has begun is finished there.
 */
#ifndef ZOCO_ABI_EVENTS_H
#define ZOCO_ABI_EVENTS_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_EVENTS "zoco.events/1"

    enum
    {
        ZOCO_COMPETING = 1,
        ZOCO_BROADCAST = 2
    };

    /* An event as its handler gets it. Borrowed until the handler returns. */
    typedef struct zoco_event
    {
        uint32_t struct_size;
        uint32_t field_count;
        zoco_str topic;
        const zoco_field* fields; /* in the publisher's order */
        zoco_str publisher;       /* plugin id */
        uint64_t sequence;        /* grows with every event of this process; not dense */
        int64_t time_us;          /* when it was published, microseconds since 1970-01-01T00:00:00Z */
        uint64_t number;          /* of a durable event: its place in the one order of all, without gaps; else 0 */
    } zoco_event;

    /* [worker] On this plugin's own threads; a serial plugin's takes turns with its other handlers. A negative status
     * is logged; a durable event comes again, another counts as handled all the same. */
    typedef zoco_status (*zoco_event_handler)(void* ctx, const zoco_event* event);

    /* Borrowed until `subscribe` returns; `ctx` lives until the plugin's stop is called. */
    typedef struct zoco_subscription
    {
        uint32_t struct_size;
        uint32_t kind;        /* ZOCO_COMPETING or ZOCO_BROADCAST */
        zoco_str topic;       /* one topic, whole */
        uint32_t queue_limit; /* events that wait for it at most; 0: 1,000; at most 100,000 */
        zoco_event_handler handler;
        void* ctx;
    } zoco_subscription;

    typedef struct zoco_events
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread, from start until stop returns] Copies everything and waits for no handler, in a process of its
         * own for the host's answer; nobody need subscribe. ZOCO_E_UNAVAILABLE: the queue of a subscription is full,
         * and nobody gets the event; one whose plugin is starting, or whose process is being replaced, drops its oldest
         * event instead. ZOCO_E_UNKNOWN_OUTCOME: the host did not answer. ZOCO_E_INVALID: the topic is not
         * [a-z][a-z0-9._-]* of at most 100 bytes, there are more than 64 fields or 64 KiB, or a value is a ZOCO_REF or
         * a list within a list; ZOCO_E_MISUSE: in init. */
        zoco_status (*publish)(void* self, zoco_str topic, const zoco_field* fields, uint32_t field_count);
        /* [lifecycle, in init] ZOCO_E_INVALID: as above, or the topic is subscribed already. */
        zoco_status (*subscribe)(void* self, const zoco_subscription* subscription);
    } zoco_events;

#ifdef __cplusplus
}
#endif

#endif
