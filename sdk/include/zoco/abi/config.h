/* "zoco.config/1" (draft): the plugin's settings, already checked against the schema it declares. */
#ifndef ZOCO_ABI_CONFIG_H
#define ZOCO_ABI_CONFIG_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_CONFIG "zoco.config/1"

    typedef struct zoco_config
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] The value of a key of the schema, its default when nothing is set: TEXT, INT, REAL or BOOL as
         * the schema says; ZOCO_NULL when optional and unset. Text is borrowed until `destroy` returns.
         * ZOCO_E_UNSUPPORTED: the schema has no such key. */
        zoco_status (*get)(void* self, zoco_str key, zoco_value* out);
    } zoco_config;

#ifdef __cplusplus
}
#endif

#endif
