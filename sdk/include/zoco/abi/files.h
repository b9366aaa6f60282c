/* "zoco.files/1" (draft): a folder of the plugin's own, below data.dir. */
#ifndef ZOCO_ABI_FILES_H
#define ZOCO_ABI_FILES_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_FILES "zoco.files/1"

    typedef struct zoco_files
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] Absolute path of the folder, which exists and is writable, mode 0700. 0-terminated as well.
         * Valid until `destroy` returns. */
        zoco_str (*folder)(void* self);
    } zoco_files;

#ifdef __cplusplus
}
#endif

#endif
