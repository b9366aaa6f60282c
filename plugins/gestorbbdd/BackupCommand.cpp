#include "BackupCommand.h"

#include <filesystem>
#include <system_error>

namespace zoco::gestorbbdd
{

namespace
{

constexpr const char* kHelp = R"(zoco backup database FILE

Copies the database to a new file while the shop goes on: all that was committed when it began, nothing
half done. On SQLite it is a database itself, on MariaDB SQL that mariadb reads too. The file appears under
its name when it is whole and on the disk; it is readable by its owner only, and a file that exists is
never replaced.

It holds the database alone. zoco backup FOLDER makes a backup of everything, which zoco restore takes.

To go back to a copy of SQLite by hand: stop Zoco, move zoco.db, zoco.db-wal and zoco.db-shm away from
data.dir/plugins/gestorbbdd (or from where plugins.gestorbbdd.url says), put the copy there as zoco.db, and
start. One of MariaDB goes to an empty database: mariadb --binary-mode DATABASE < FILE.

Exit status: 0 done, 1 failed and nothing was left, 2 wrong usage.)";

int refuse(const Terminal& terminal, int status, const std::string& why)
{
    terminal.error(why);
    return status;
}

int copyTo(const CommandCall& call, Engine& engine, const std::string& target)
{
    const CopyWatch watch{[&](std::uint64_t done, std::uint64_t total)
                          { call.terminal.progress(done, total, "database"); },
                          [&] { return call.terminal.isCancelled(); }};
    try
    {
        const auto copy = engine.backUp(target, watch);
        if (copy.bytes == 0) return refuse(call.terminal, 1, "cancelled: nothing was written");
        call.terminal.out(target + ": " + std::to_string(copy.bytes) + " bytes from " + copy.engine);
        return 0;
    }
    catch (const std::system_error& e)
    {
        return refuse(call.terminal, 1, target + ": " + e.code().message());
    }
}

} // namespace

const CommandOptions kBackupCommand{"backup database", "copy the database to a file while the shop goes on", kHelp};

int runBackup(const CommandCall& call, Engine& engine)
{
    if (call.args.size() == 1 && (call.args[0] == "--help" || call.args[0] == "-h"))
    {
        call.terminal.out(kHelp);
        return 0;
    }
    if (call.args.size() != 1 || call.args[0].empty() || call.args[0].front() == '-')
        return refuse(call.terminal, 2, "one file is wanted; zoco backup database --help tells more");
    const auto target = std::filesystem::path(call.workingFolder) / call.args[0];
    return copyTo(call, engine, target.lexically_normal().string());
}

} // namespace zoco::gestorbbdd
