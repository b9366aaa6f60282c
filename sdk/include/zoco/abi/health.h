/* "zoco.health/1" (draft): a plugin says how it is. Offered by the plugin, through zoco_plugin.get_interface; a plugin
 * without it counts as good once its start has succeeded.
 *
 * The host asks before it makes a new generation current (the probe), and for /readyz, at most once a second. */
#ifndef ZOCO_ABI_HEALTH_H
#define ZOCO_ABI_HEALTH_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_HEALTH "zoco.health/1"

    enum
    {
        ZOCO_HEALTH_GOOD = 1,
        ZOCO_HEALTH_DEGRADED = 2, /* serves, with the reservation that was reported: is made current, stays ready */
        ZOCO_HEALTH_BAD = 3       /* a new generation is not made current; a current one makes /readyz answer 503 */
    };

    /* Owned by the plugin; lives from its init until its destroy. */
    typedef struct zoco_health
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle, from start until stop] One of the numbers above; another counts as ZOCO_HEALTH_BAD. Never at the
         * same time as another step of the life, while handlers run. The reason goes through
         * `report(report_ctx, text)`, during the call, at most once, copied; operators read it, so nothing secret.
         * It has a deadline of a second or so, and one that misses it counts as bad: what takes long, such as asking a
         * bank, is done by a task, and this tells how the last one ended. */
        uint32_t (*check)(void* self, void (*report)(void* ctx, zoco_str reason), void* report_ctx);
    } zoco_health;

#ifdef __cplusplus
}
#endif

#endif
