#pragma once

#include "integration/bank/Invariants.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/HostProcess.h"
#include "support/TempFolder.h"

#include <optional>
#include <string>

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

    void startHost();
    HostProcess& host() { return *_host; }

    virtual Rows query(const std::string& sql) = 0;
    /// Whether a group is between its first change and the end of its commit, while the host stands still.
    virtual bool hasOpenGroup() = 0;
    /// Returns when the database has noticed that the host is gone.
    virtual void awaitSilence() {}

protected:
    Bank() = default;
    virtual std::string url() const = 0;
    const TempFolder& folder() const noexcept { return _folder; }

private:
    TempFolder _folder;
    std::optional<HostProcess> _host;
};

class SqliteBank final : public Bank
{
public:
    Rows query(const std::string& sql) override;
    bool hasOpenGroup() override;

private:
    std::string url() const override { return "sqlite:" + file(); }
    std::string file() const { return folder().path("banco.db"); }
};

class MariaDbBank final : public Bank
{
public:
    MariaDbBank();

    Rows query(const std::string& sql) override;
    bool hasOpenGroup() override;
    void awaitSilence() override;

    gestorbbdd::test::MariaDbServer& server() { return _server; }

private:
    std::string url() const override { return _server.socketUrl(_database, "banco"); }

    gestorbbdd::test::MariaDbServer _server;
    std::string _database;
};

} // namespace zoco::test
