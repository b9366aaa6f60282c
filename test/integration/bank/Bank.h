#pragma once

#include "integration/bank/Invariants.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/HostProcess.h"
#include "support/SmallDisk.h"
#include "support/TempFolder.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace zoco::test
{

/// The fixture bank on one engine: its host, which goes on with the same data when it is started again, and a look at
/// the database beside it.
class Bank
{
public:
    virtual ~Bank() = default;
    Bank(const Bank&) = delete;
    Bank& operator=(const Bank&) = delete;

    /// `settings`: more of them, "plugins.gestorbbdd.wait_ms" and such.
    void startHost(const std::vector<std::pair<std::string, std::string>>& settings = {});
    HostProcess& host() { return *_host; }

    virtual Rows query(const std::string& sql) = 0;
    /// Whether a group is between its first change and the end of its commit, while the host stands still.
    virtual bool hasOpenGroup() = 0;
    /// Locks what every transfer changes, as somebody else would, until the last copy is gone.
    virtual std::shared_ptr<void> lock() = 0;
    /// On a disk of its own: takes all the room, and gives it back.
    virtual void fillDisk() = 0;
    virtual void makeRoom() = 0;
    /// Whether there is a database to ask.
    virtual bool isUp() { return true; }
    /// Returns when the database has noticed that the host is gone.
    virtual void awaitSilence() {}

protected:
    Bank() = default;
    virtual std::string url() const = 0;
    virtual std::vector<std::string> launcher() const { return {}; } ///< of the host
    const TempFolder& folder() const noexcept { return _folder; }

private:
    TempFolder _folder;
    std::optional<HostProcess> _host;
};

class SqliteBank final : public Bank
{
public:
    /// `diskMegabytes`: the size of a disk of its own, 0: none. On such a disk it is queried while nobody writes.
    explicit SqliteBank(int diskMegabytes = 0);

    Rows query(const std::string& sql) override;
    bool hasOpenGroup() override;
    std::shared_ptr<void> lock() override;
    void fillDisk() override { _disk->fill(host().pid()); }
    void makeRoom() override { _disk->makeRoom(host().pid()); }

private:
    std::string url() const override { return "sqlite:" + file(); }
    std::vector<std::string> launcher() const override;
    std::string file() const { return folder().path("db/banco.db"); }

    std::optional<SmallDisk> _disk;
};

class MariaDbBank final : public Bank
{
public:
    explicit MariaDbBank(int diskMegabytes = 0);

    Rows query(const std::string& sql) override;
    bool hasOpenGroup() override;
    std::shared_ptr<void> lock() override;
    void fillDisk() override { _server.fillDisk(); }
    void makeRoom() override { _server.makeRoom(); }
    bool isUp() override { return _server.isRunning(); }
    void awaitSilence() override;

    gestorbbdd::test::MariaDbServer& server() { return _server; }

private:
    std::string url() const override { return _server.socketUrl(_database, "banco"); }

    gestorbbdd::test::MariaDbServer _server;
    std::string _database;
};

} // namespace zoco::test
