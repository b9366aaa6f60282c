#pragma once

#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/HostProcess.h"

#include <cstdint>
#include <optional>
#include <string>

namespace zoco::bench
{

/// CPU time, microseconds.
struct Cpu
{
    double host = 0;
    double database = 0;

    double sum() const noexcept { return host + database; }
    Cpu operator-(const Cpu& o) const noexcept { return {host - o.host, database - o.database}; }
    Cpu operator+(const Cpu& o) const noexcept { return {host + o.host, database + o.database}; }
};

/// A shop that sells, and its MariaDB, which writes every commit to the disk: both on processor 0, and this program on
/// processor 1. The shop has the demonstration catalogue, of which it never runs out, or the one of a file.
class ShopServers
{
public:
    explicit ShopServers(const std::string& catalogue);

    std::uint16_t port() const { return _host->port(); }
    /// What both have used so far, to the nanosecond.
    Cpu cpu() const;
    /// Statements that the database has been sent so far.
    std::int64_t statements() { return _database.counter("QUESTIONS"); }
    /// Returns when both have stopped working: what follows from an order in the background is done.
    void awaitQuiet() const;
    /// The first column of the first row.
    std::string query(const std::string& statement) { return _database.execute(statement, _name); }

private:
    zoco::gestorbbdd::test::MariaDbServer _database;
    std::string _name;
    std::optional<zoco::test::HostProcess> _host;
};

} // namespace zoco::bench
