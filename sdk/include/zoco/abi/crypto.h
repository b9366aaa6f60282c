/* "zoco.crypto/1" (draft): what is nobody's business lies encrypted, wherever it lies.
 *
 * The host has one ring of keys for all plugins, in every placement: what one plugin seals, the host and others can
 * open when they know the context. Keys have ids, one of them is active and seals; the others open what was sealed
 * before. A separate key, which stays the same, makes blind indexes.
 *
 * Sealed bytes are AES-256-GCM: a version, the id of the key, a random nonce, the ciphertext and a tag, 33 bytes more
 * than what was sealed. The context is no secret and is not in them: it is bound to them, so that they open nowhere
 * else. Name in it the column and the row, such as "usuarios.correo:" and the row's id: then nobody who can write to
 * the database can move a value to another place.
 *
 * `zoco keys rotate` makes another key active and then has every plugin seal again what it keeps, while all goes on:
 * see zoco_rotator. */
#ifndef ZOCO_ABI_CRYPTO_H
#define ZOCO_ABI_CRYPTO_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_CRYPTO "zoco.crypto/1"

    enum
    {
        ZOCO_BLIND_INDEX_SIZE = 16 /* bytes */
    };

    /* How far a rotator has come. */
    typedef struct zoco_rotation
    {
        uint32_t struct_size;
        int32_t is_over;  /* 1: there is no further page */
        uint64_t done;    /* rows seen since the first page; 0: not known */
        uint64_t total;   /* rows in all, roughly; 0: not known */
        zoco_blob cursor; /* where the next page begins, at most 1024 bytes; not read when it is over */
    } zoco_rotation;

    /* Seals again, under the active key, what a plugin keeps under another one. Borrowed until `on_rotate` returns;
     * `ctx` lives until the plugin's stop is called. */
    typedef struct zoco_rotator
    {
        uint32_t struct_size;
        const char* name; /* [a-z][a-z0-9-]*, at most 60; one of the plugin's */
        /* [a thread of the host, from start until stop; one page of a rotator at a time] Looks at the next few hundred
         * rows: opens those that are not current, seals them and writes them, each on the condition that it still holds
         * what was read, since others write meanwhile. Few enough for about a second. The first page's cursor is empty.
         * The host keeps the cursor on the disk: after a crash the page behind the last kept one comes once more. A
         * negative status: the page is asked for again later. */
        zoco_status (*page)(void* ctx, zoco_bytes cursor, zoco_rotation* out);
        void* ctx;
    } zoco_rotator;

    /* Buffers are the caller's: `room` bytes at `out`; `*size` is how many were written or, when there is no room
     * (ZOCO_E_INVALID), how many would be. `out` may be null when `room` is 0. */
    typedef struct zoco_crypto
    {
        uint32_t struct_size;
        void* self;
        /* [any-thread] At most 64 MiB. ZOCO_E_FAILED: the system has no random bytes. */
        zoco_status (*seal)(void* self, zoco_bytes plain, zoco_str context, void* out, size_t room, size_t* size);
        /* [any-thread] ZOCO_E_FAILED: another context, or a changed bit, or nothing sealed; ZOCO_E_UNSUPPORTED: sealed
         * under a key that is not in the ring. Nothing of `out` may be used then. */
        zoco_status (*open)(void* self, zoco_bytes sealed, zoco_str context, void* out, size_t room, size_t* size);
        /* [any-thread] 1: sealed under the active key. Looks at the id only. */
        int32_t (*is_current)(void* self, zoco_bytes sealed);
        /* [any-thread] The same 16 bytes for the same value, to find it by: HMAC-SHA-256, truncated, under the index
         * key and for this purpose. The value as the caller has normalised it. Who reads indexes learns which rows are
         * equal, no more. `out` has room for ZOCO_BLIND_INDEX_SIZE. */
        zoco_status (*blind_index)(void* self, zoco_str purpose, zoco_bytes value, void* out);
        /* [any-thread] Bytes that nobody can guess. ZOCO_E_FAILED: the system has none. */
        zoco_status (*random)(void* self, void* out, size_t size);
        /* [lifecycle, in init] ZOCO_E_INVALID: a bad name, or registered already; ZOCO_E_MISUSE: not in init. */
        zoco_status (*on_rotate)(void* self, const zoco_rotator* rotator);
    } zoco_crypto;

#ifdef __cplusplus
}
#endif

#endif
