#include "Connection.h"

#include "zoco/Value.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdlib>
#include <errmsg.h>
#include <mysql.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

/// The forms that a shop uses; with GroupStatements::kMaxKept and 64 connections fewer than a server's usual limit of
/// 16382.
constexpr std::size_t kMaxKept = 152;
/// Of the client library's own stack, where names are looked up and certificates are checked.
constexpr std::size_t kStackBytes = 256 * 1024;

/// Texts and errors as on SQLite; the value of the last one follows.
constexpr const char* kSession =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY,PIPES_AS_CONCAT,ANSI_QUOTES,"
    "NO_BACKSLASH_ESCAPES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO', SESSION time_zone = '+00:00', "
    "SESSION default_storage_engine = 'InnoDB', SESSION autocommit = 1, SESSION innodb_lock_wait_timeout = ";

::timespec spanOf(std::int64_t ns) noexcept { return {ns / 1'000'000'000, static_cast<long>(ns % 1'000'000'000)}; }

struct OwnSocket
{
    int fd;
    ~OwnSocket()
    {
        if (fd >= 0) ::close(fd);
    }
};

} // namespace

void Connection::Close::operator()(st_mysql* raw) const noexcept { mysql_close(raw); }

Connection::Connection(DeadlineWatch& watch, const Settings& settings, const Endpoint& endpoint, const Account& account,
                       std::int64_t deadlineNs)
    : _raw(mysql_init(nullptr)),
      _place(watch),
      _deadlineNs(deadlineNs),
      _openedNs(monotonicNs()),
      _usedNs(_openedNs),
      _kept(kMaxKept),
      _groups(*this)
{
    static_assert(64 * (kMaxKept + GroupStatements::kMaxKept) < 16382);
    if (!_raw) throw MariaDbError(CR_OUT_OF_MEMORY, "no memory for a connection");
    setOptions(settings, endpoint);
    connect(settings, endpoint, account);
    _place.enter(mysql_get_socket(raw()));
    setUp(settings);
}

Connection::~Connection()
{
    // Closing says good-bye to the server, which must not wait for one that does not listen.
    if (_isBroken && mysql_get_socket(raw()) >= 0) ::shutdown(mysql_get_socket(raw()), SHUT_RDWR);
}

void Connection::setOptions(const Settings& settings, const Endpoint& endpoint)
{
    auto* db = raw();
    const auto no = static_cast<my_bool>(0);
    const auto yes = static_cast<my_bool>(1);
    const unsigned off = 0;
    const unsigned protocol = endpoint.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
    mysql_options(db, MYSQL_OPT_NONBLOCK, &kStackBytes);
    mysql_options(db, MYSQL_OPT_RECONNECT, &no);
    mysql_options(db, MYSQL_OPT_LOCAL_INFILE, &off);
    mysql_options(db, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    // No server may ask for the password in clear.
    mysql_options(db, MARIADB_OPT_RESTRICTED_AUTH, "mysql_native_password,client_ed25519,caching_sha2_password");
    const my_bool truncates = 1;
    mysql_options(db, MYSQL_REPORT_DATA_TRUNCATION, &truncates);
    if (settings.tls == Tls::Off) return;
    mysql_options(db, MYSQL_OPT_SSL_ENFORCE, &yes);
    if (!settings.tlsCa.empty()) mysql_options(db, MYSQL_OPT_SSL_CA, settings.tlsCa.c_str());
    if (settings.tls == Tls::Verify) mysql_options(db, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
}

void Connection::connect(const Settings& settings, const Endpoint& endpoint, const Account& account)
{
    const auto whole = _deadlineNs;
    _deadlineNs = std::min(whole, monotonicNs() + settings.connectTimeoutMs * 1'000'000);
    const bool isLimited = _deadlineNs < whole;
    MYSQL* out = nullptr;
    const auto* socket = endpoint.socket.empty() ? nullptr : endpoint.socket.c_str();
    try
    {
        if (monotonicNs() >= _deadlineNs) throw DeadlinePassed();
        if (socket != nullptr)
            out = connectHere(settings, endpoint, account);
        else
        {
            int wanted = mysql_real_connect_start(&out, raw(), endpoint.host.c_str(), account.user.c_str(),
                                                  account.password.c_str(), settings.database.c_str(), endpoint.port,
                                                  nullptr, CLIENT_FOUND_ROWS);
            while (wanted != 0) wanted = mysql_real_connect_cont(&out, raw(), await(wanted));
        }
        if (_isAbandoned || (out == nullptr && monotonicNs() >= _deadlineNs)) throw DeadlinePassed();
        if (out == nullptr) fail(mysql_errno(raw()), mysql_error(raw()));
    }
    catch (const DeadlinePassed&)
    {
        _isAbandoned = false; // no session yet
        if (isLimited) throw MariaDbError(CR_CONN_HOST_ERROR, "the server did not answer within connect_timeout_ms");
        throw;
    }
    _deadlineNs = whole;
    // The library goes on in the clear when the server knows no encryption.
    if (settings.tls != Tls::Off && mysql_get_ssl_cipher(raw()) == nullptr)
        throw MariaDbError(CR_SSL_CONNECTION_ERROR, "the server does not encrypt, and tls asks for it");
}

/// Waits until a server greets us at this socket; for nothing when it is refused.
void Connection::awaitGreeting(const std::string& path) const
{
    ::sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return; // the library says it better
    path.copy(address.sun_path, path.size());
    const OwnSocket own{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (own.fd < 0 || ::connect(own.fd, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) != 0) return;
    ::pollfd poll{own.fd, POLLIN, 0};
    for (int ready = 0; ready <= 0;)
    {
        const auto left = _deadlineNs - monotonicNs();
        if (left <= 0) throw DeadlinePassed();
        const auto span = spanOf(std::min<std::int64_t>(left, 3'600'000'000'000));
        ready = ::ppoll(&poll, 1, &span, nullptr);
        if (ready < 0 && errno != EINTR) return;
    }
}

/// Over a local socket by the blocking call, whose limit counts in seconds: so a server's sign of life is awaited
/// before. The non-blocking call closes a socket that is refused twice, by then it may be somebody else's
/// (libmariadb 10.11).
st_mysql* Connection::connectHere(const Settings& settings, const Endpoint& endpoint, const Account& account)
{
    awaitGreeting(endpoint.socket);
    const auto seconds =
        static_cast<unsigned>(std::max<std::int64_t>(_deadlineNs - monotonicNs(), 0) / 1'000'000'000 + 1);
    mysql_options(raw(), MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    return mysql_real_connect(raw(), endpoint.host.c_str(), account.user.c_str(), account.password.c_str(),
                              settings.database.c_str(), 0, endpoint.socket.c_str(), CLIENT_FOUND_ROWS);
}

void Connection::setUp(const Settings& settings)
{
    execute(isMariaDb() ? "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin" : "SET NAMES utf8mb4 COLLATE utf8mb4_0900_bin");
    const auto seconds = std::max<std::int64_t>(1, (settings.timeoutMs + 999) / 1000);
    std::string sql = kSession;
    sql += std::to_string(seconds);
    execute(sql);
    execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
}

int Connection::await(int wanted) noexcept
{
    const auto timedOut = [&]
    {
        // The library's call is ended by an error of its own, so that it leaves nothing behind.
        _isBroken = _isAbandoned = true;
        if (const auto fd = mysql_get_socket(raw()); fd >= 0) ::shutdown(fd, SHUT_RDWR);
        return MYSQL_WAIT_TIMEOUT;
    };
    if (_isAbandoned) return timedOut();
    ::pollfd poll{mysql_get_socket(raw()), 0, 0};
    if ((wanted & MYSQL_WAIT_READ) != 0) poll.events |= POLLIN;
    if ((wanted & MYSQL_WAIT_WRITE) != 0) poll.events |= POLLOUT;
    if ((wanted & MYSQL_WAIT_EXCEPT) != 0) poll.events |= POLLPRI;
    for (;;)
    {
        const auto left = _deadlineNs - monotonicNs();
        if (left <= 0) return timedOut();
        const auto span = spanOf(std::min<std::int64_t>(left, 3'600'000'000'000));
        const int ready = ::ppoll(&poll, 1, &span, nullptr);
        if (ready > 0) break;
        if (ready < 0 && errno != EINTR) return timedOut();
    }
    int events = 0;
    if ((poll.revents & (POLLIN | POLLHUP | POLLERR)) != 0) events |= wanted & MYSQL_WAIT_READ;
    if ((poll.revents & (POLLOUT | POLLHUP | POLLERR)) != 0) events |= wanted & MYSQL_WAIT_WRITE;
    if ((poll.revents & POLLPRI) != 0) events |= wanted & MYSQL_WAIT_EXCEPT;
    return events;
}

void Connection::abandon()
{
    _isBroken = _isAbandoned = true;
    throw DeadlinePassed();
}

void Connection::fail(unsigned code, const char* text)
{
    if (isLost(code)) _isBroken = true;
    throw MariaDbError(code, text);
}

void Connection::execute(std::string_view sql)
{
    if (ask([&] { return mysql_real_query(raw(), sql.data(), sql.size()); }) != 0)
        fail(mysql_errno(raw()), mysql_error(raw()));
    if (mysql_field_count(raw()) == 0) return;
    _isBroken = true; // its rows are not fetched
    throw MariaDbError(CR_COMMANDS_OUT_OF_SYNC, "the statement yields rows");
}

bool Connection::ping() noexcept
{
    try
    {
        return ask([&] { return mysql_ping(raw()); }) == 0;
    }
    catch (const MariaDbError&)
    {
        return false;
    }
}

KeptStatement& Connection::kept(const Operation& operation, const SqlForm& form)
{
    return _kept.get(operation, form, Dialect::MySql,
                     [this](RenderedSql sql) -> KeptStatement {
                         return {Statement(*this, sql.text), std::move(sql.binds)};
                     });
}

void Connection::forget(const Operation& operation, const SqlForm& form) { _kept.forget(operation, form); }

bool Connection::isInTransaction() const noexcept
{
    unsigned status = 0;
    mariadb_get_infov(raw(), MARIADB_CONNECTION_SERVER_STATUS, &status);
    return (status & SERVER_STATUS_IN_TRANS) != 0;
}

bool Connection::hasEnded() const noexcept
{
    ::pollfd poll{mysql_get_socket(raw()), POLLIN, 0};
    return ::poll(&poll, 1, 0) != 0;
}

unsigned long Connection::id() const noexcept { return mysql_thread_id(raw()); }

std::string Connection::localAddress() const
{
    ::sockaddr_storage own{};
    ::socklen_t size = sizeof own;
    char text[INET6_ADDRSTRLEN] = "";
    if (::getsockname(mysql_get_socket(raw()), reinterpret_cast<::sockaddr*>(&own), &size) != 0) return {};
    if (own.ss_family == AF_INET)
    {
        const auto& v4 = reinterpret_cast<const ::sockaddr_in&>(own);
        ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
        return text + (":" + std::to_string(ntohs(v4.sin_port)));
    }
    if (own.ss_family != AF_INET6) return {};
    const auto& v6 = reinterpret_cast<const ::sockaddr_in6&>(own);
    ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    return text + (":" + std::to_string(ntohs(v6.sin6_port)));
}

std::int64_t Connection::uptimeSeconds()
{
    auto select = prepare("SHOW GLOBAL STATUS LIKE 'Uptime'");
    select.execute();
    std::int64_t out = 0;
    if (select.step()) out = std::atoll(std::string(view(select.row()[1].as.b)).c_str());
    select.finish();
    return out;
}

std::string Connection::serverVersion() const { return mysql_get_server_info(raw()); }

bool Connection::isMariaDb() const { return serverVersion().find("MariaDB") != std::string::npos; }

} // namespace zoco::gestorbbdd::mariadb
