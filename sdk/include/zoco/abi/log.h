/* "zoco.log/1" (draft): the host's log. One record is a constant message and fields. */
#ifndef ZOCO_ABI_LOG_H
#define ZOCO_ABI_LOG_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_LOG "zoco.log/1"

    enum
    {
        ZOCO_LOG_ERROR = 1, /* somebody must act */
        ZOCO_LOG_WARNING = 2,
        ZOCO_LOG_INFO = 3,
        ZOCO_LOG_DEBUG = 4
    };

    typedef struct zoco_log
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] 1 when records of this level are kept. */
        int32_t (*is_enabled)(void* self, uint32_t level);
        /* [any-thread] Writes one record as source plugin.<id>. Everything is copied. Never pass secrets. */
        void (*write)(void* self, uint32_t level, zoco_str message, const zoco_field* fields, uint32_t field_count);
    } zoco_log;

#ifdef __cplusplus
}
#endif

#endif
