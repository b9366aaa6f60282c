#include "BackupCommand.h"

#include "sqlite/OnlineCopy.h"
#include "sqlite/SqliteError.h"

#include <filesystem>
#include <system_error>

namespace zoco::gestorbbdd
{

namespace
{

constexpr const char* kHelp = R"(zoco backup database FILE

Copies the database to a new file while the shop goes on: all that was committed when it began, nothing
half done. The file appears under its name when it is whole, looked through and on the disk; it is readable
by its owner only, and a file that exists is never replaced.

To go back to it: stop Zoco, move zoco.db, zoco.db-wal and zoco.db-shm away from data.dir/plugins/gestorbbdd
(or from where plugins.gestorbbdd.url says), put the copy there as zoco.db, and start.

It holds the database alone: pictures and other files below data.dir, and the configuration, are copied like
any files. Data on a MariaDB or MySQL server are copied by the server's own tools, such as mariadb-dump
--single-transaction or mariadb-backup.

Exit status: 0 done, 1 failed and nothing was left, 2 wrong usage.)";

int refuse(const Terminal& terminal, int status, const std::string& why)
{
    terminal.error(why);
    return status;
}

int copyTo(const CommandCall& call, const std::string& database, const std::string& target)
{
    const CopyWatch watch{[&](std::uint64_t done, std::uint64_t total)
                          { call.terminal.progress(done, total, "pages"); },
                          [&] { return call.terminal.isCancelled(); }};
    try
    {
        const auto bytes = copyDatabase(database, target, watch);
        if (bytes == 0) return refuse(call.terminal, 1, "cancelled: nothing was written");
        call.terminal.out(target + ": " + std::to_string(bytes) + " bytes");
        return 0;
    }
    catch (const std::system_error& e)
    {
        return refuse(call.terminal, 1, target + ": " + e.code().message());
    }
    catch (const SqliteError& e)
    {
        return refuse(call.terminal, 1, std::string("the database cannot be copied: ") + e.what());
    }
}

} // namespace

const CommandOptions kBackupCommand{"backup database", "copy the database to a file while the shop goes on", kHelp};

int runBackup(const CommandCall& call, const std::string& database)
{
    if (call.args.size() == 1 && (call.args[0] == "--help" || call.args[0] == "-h"))
    {
        call.terminal.out(kHelp);
        return 0;
    }
    if (call.args.size() != 1 || call.args[0].empty() || call.args[0].front() == '-')
        return refuse(call.terminal, 2, "one file is wanted; zoco backup database --help tells more");
    if (database.empty())
        return refuse(call.terminal, 1,
                      "the data lie on a server, whose own tools copy them: mariadb-dump --single-transaction, or "
                      "mariadb-backup");
    const auto target = std::filesystem::path(call.workingFolder) / call.args[0];
    return copyTo(call, database, target.lexically_normal().string());
}

} // namespace zoco::gestorbbdd
