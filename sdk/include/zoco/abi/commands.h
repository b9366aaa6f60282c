/* "zoco.commands/1" (draft): subcommands of `zoco` that a plugin brings. They run in the serving process, or in a
 * short-lived host when none serves; the terminal is the operator's in both cases.
 *
 * Names that the host runs itself for a work of its own, on an instance that need not be started:
 * "check migrations"  FOLDER: tells which of the files FOLDER/<plugin>/<sql-migration> a start would run; changes
 *                     nothing; 1 when one of them would fail
 * "backup PART"       FILE: writes all that the plugin keeps to this new file or folder; others go on meanwhile
 * "restore PART"      FILE ID: fills what is empty from it, whole or to be done again; nothing starts on it before
 *                     --finish ID */
#ifndef ZOCO_ABI_COMMANDS_H
#define ZOCO_ABI_COMMANDS_H

#include "base.h"

#ifdef __cplusplus
extern "C"
{
#endif

#define ZOCO_COMMANDS "zoco.commands/1"

    /* The operator's terminal. Made by the host; valid until the command returns. */
    typedef struct zoco_terminal
    {
        uint32_t struct_size;
        void* self;
        void (*out)(struct zoco_terminal* terminal, zoco_str line);   /* [any-thread] a line of standard output */
        void (*error)(struct zoco_terminal* terminal, zoco_str line); /* [any-thread] a line of standard error */
        void (*progress)(struct zoco_terminal* terminal, uint64_t done, uint64_t total,
                         zoco_str what);                         /* [any-thread] */
        int32_t (*is_cancelled)(struct zoco_terminal* terminal); /* [any-thread] 1: the operator pressed Ctrl-C */
    } zoco_terminal;

    typedef struct zoco_command_call
    {
        uint32_t struct_size;
        uint32_t arg_count;
        const zoco_str* args;    /* what follows the command's name */
        zoco_str working_folder; /* of the operator: relative file names start there */
        zoco_terminal* terminal;
        zoco_str public_url; /* the shop's address as browsers call it, without a '/' at its end; empty: not known */
    } zoco_command_call;

    typedef struct zoco_command
    {
        uint32_t struct_size;
        const char* name;    /* one or two words: "import productos" */
        const char* summary; /* one line for `zoco --help` */
        const char* help;    /* whole text for `--help` after the name */
        /* [worker] Returns the exit status: 0 done, 1 failed, 2 wrong usage. */
        int32_t (*run)(void* ctx, const zoco_command_call* call);
        void* ctx;
    } zoco_command;

    typedef struct zoco_commands
    {
        uint32_t struct_size;
        void* self;
        /* [lifecycle, in init] Copied. ZOCO_E_INVALID: the name is taken by the host. */
        zoco_status (*add)(void* self, const zoco_command* command);
    } zoco_commands;

#ifdef __cplusplus
}
#endif

#endif
