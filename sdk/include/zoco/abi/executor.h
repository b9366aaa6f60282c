/* "zoco.executor/1" (draft): the host's threads. Plugins start none of their own. */
#ifndef ZOCO_ABI_EXECUTOR_H
#define ZOCO_ABI_EXECUTOR_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_EXECUTOR "zoco.executor/1"

    typedef void (*zoco_task)(void* ctx); /* [worker] */

    typedef struct zoco_executor
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] Runs the task on a worker thread of this plugin. ZOCO_E_UNAVAILABLE: its queue is full;
         * ZOCO_E_MISUSE: the plugin is stopping. The task then never runs. */
        zoco_status (*post)(void* self, zoco_task task, void* ctx);
        /* [any-thread] The same after `delay_ms`. `*timer` (may be null) can be given to `cancel`. */
        zoco_status (*post_after)(void* self, uint64_t delay_ms, zoco_task task, void* ctx, uint64_t* timer);
        /* [any-thread] ZOCO_OK: the task will not run. ZOCO_E_UNSUPPORTED: it runs, ran, or is unknown.
         * Timers that wait when the plugin stops are run at once, before `stop`, so that none is lost. */
        zoco_status (*cancel)(void* self, uint64_t timer);
        /* [any-thread] As `post`, on a thread of low priority: for work that only needs a processor, for long, such as
         * hashing a password. It yields to all that answers requests, and has a queue of its own. */
        zoco_status (*post_background)(void* self, zoco_task task, void* ctx);
    } zoco_executor;

#ifdef __cplusplus
}
#endif

#endif
