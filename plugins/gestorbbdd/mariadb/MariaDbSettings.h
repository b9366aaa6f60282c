#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// Where a server listens.
struct Endpoint
{
    std::string host;
    std::uint16_t port = 3306;
    std::string socket; ///< absolute path; when it is there, host and port do not count
};

struct Account
{
    std::string user;
    std::string password;
};

enum class Tls
{
    Off = 1,
    Required, ///< encrypted, whoever it is
    Verify,   ///< encrypted, and the server proves its name
};

struct Settings
{
    Endpoint primary;
    std::vector<Endpoint> replicas;
    std::string database;
    Account running;
    Account migrating; ///< without a user: the running one
    Tls tls = Tls::Off;
    std::string tlsCa; ///< file with certificates; empty: the system's
    std::int64_t connectTimeoutMs = 3000;
    std::uint32_t connections = 16;
    std::int64_t maxAgeMs = 1'800'000; ///< a connection that is older is replaced
    std::int64_t waitMs = 2000;        ///< for a connection from the pool
    std::int64_t timeoutMs = 10000;    ///< of a call without a deadline; a row's lock is waited for as long
};

/// Reads "mysql://user@host:port/database" or "mysql://user@localhost/database?socket=/path" into `out`. Returns what
/// is wrong, without the url itself, which may hold a password; empty when nothing is.
std::string parseUrl(std::string_view url, Settings& out);
/// Reads "host:port, host" into `out`; returns what is wrong.
std::string parseReplicas(std::string_view list, std::vector<Endpoint>& out);

} // namespace zoco::gestorbbdd::mariadb
