#pragma once

#include "MariaDbSession.h"
#include "support/ChildProcess.h"
#include "support/SmallDisk.h"
#include "support/TempFolder.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd::test
{

/// A MariaDB server of the test's own, reached by a local socket and by a port of 127.0.0.1. It ends with the object
/// and with this process. Throws std::runtime_error.
class MariaDbServer
{
public:
    /// `options`: more arguments of the server. `diskMegabytes`: the size of a disk of its own for its data, on which
    /// it cannot be started again; 0: none.
    explicit MariaDbServer(std::vector<std::string> options = {}, int diskMegabytes = 0);
    ~MariaDbServer();

    /// The server that the tests of one program share, started at its first use.
    static MariaDbServer& shared();

    /// A new, empty database; returns its name.
    std::string newDatabase();
    /// Runs statements as its administrator, one after the other; returns the first column of the last one's first row.
    std::string execute(std::string_view statements, const std::string& database = "");

    /// A number of the server's own, such as INNODB_DEADLOCKS.
    std::int64_t counter(const std::string& variable);
    /// One for several statements.
    MariaDbSession session(const std::string& database = "") const { return MariaDbSession(socket(), database); }

    std::string socketUrl(const std::string& database, const std::string& user = "root") const;
    std::string portUrl(const std::string& database, const std::string& user = "root") const;
    std::uint16_t port() const noexcept { return _port; }
    pid_t pid() const noexcept { return _process->pid(); }
    const std::string& dataFolder() const noexcept { return _data; }

    bool isRunning() { return _process->isRunning(); }
    void kill();  ///< as a power cut
    void start(); ///< after `kill`; returns when it answers
    /// How many of its starts found transactions that had been open when it was killed.
    int rolledBackAtStart() const;
    void freeze(); ///< it does nothing until `thaw`, and its clients are not told
    void thaw();
    void fillDisk(); ///< takes all the room on its own disk
    void makeRoom(); ///< gives it back

private:
    std::string socket() const { return _folder.path("s"); }
    std::vector<std::string> launcher() const;

    zoco::test::TempFolder _folder;
    std::vector<std::string> _options;
    std::optional<zoco::test::SmallDisk> _disk;
    std::string _data; ///< the server's folder
    std::uint16_t _port = 0;
    std::unique_ptr<zoco::test::ChildProcess> _process;
    std::mutex _mutex; ///< of what follows
    int _databases = 0;
};

} // namespace zoco::gestorbbdd::test
