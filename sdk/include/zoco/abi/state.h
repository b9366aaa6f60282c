/* "zoco.state/1" (draft): what a plugin remembers, handed from the generation that serves to the one that takes over.
 * Offered by the plugin, through zoco_plugin.get_interface; one without it starts empty.
 *
 * When a plugin is changed, the host does
 *
 *   init of the new - save of the old - load of the new - start of the new - probe - swap - drain and stop of the old
 *
 * The old one serves until the swap, so what is saved is a snapshot taken just before it: what the old one learns
 * afterwards is not in it. It is for caches, counters and limits that are good to keep and bearable to lose. What must
 * not be lost belongs in the data service; what must not be missed comes as an event ("zoco.events/1" keeps events for
 * the new one from its init on, so that it may see again what the snapshot has already).
 *
 * The bytes are the plugin's own affair. They cross processes and versions, backwards too when a change is undone: no
 * pointers in them, a version of their own at their beginning, and nothing believed that was not checked. */
#ifndef ZOCO_ABI_STATE_H
#define ZOCO_ABI_STATE_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_STATE "zoco.state/1"

    /* Owned by the plugin; lives from its init until its destroy. */
    typedef struct zoco_state
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle, after start] Gives the state in as many pieces as it likes, while handlers run. `write` copies
         * its piece; it is for this call and this thread only. A negative answer of it (more than the host takes:
         * ZOCO_E_UNAVAILABLE) ends the saving, and is to be returned. After any failure the new generation starts
         * empty: an old one in trouble must not prevent its own replacement. */
        zoco_status (*save)(void* self, zoco_status (*write)(void* ctx, zoco_bytes piece), void* write_ctx);
        /* [lifecycle, between init and start] Takes the whole state; borrowed. `saved_by` is the version of the plugin
         * that saved it. ZOCO_E_UNSUPPORTED: not understood, the plugin starts empty. Another failure fails the change,
         * with what zoco_host.report was told, and the old generation goes on. */
        zoco_status (*load)(void* self, zoco_bytes state, zoco_str saved_by);
    } zoco_state;

#ifdef __cplusplus
}
#endif

#endif
