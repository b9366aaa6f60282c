#include "MariaDbServer.h"

#include "support/Eventually.h"

#include <arpa/inet.h>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace zoco::gestorbbdd::test
{

namespace
{

namespace fs = std::filesystem;
using zoco::test::ChildProcess;

/// The server's own words when it starts after a crash.
constexpr std::string_view kRolledBack = "transaction(s) which must be rolled back";

std::vector<std::string> asRoot(std::vector<std::string> argv)
{
    if (::geteuid() == 0) argv.emplace_back("--user=root");
    return argv;
}

/// The files of a fresh server, made once for a build folder, since that takes seconds.
std::string templateFolder()
{
    const auto folder = std::string(ZOCO_BUILD_DIR) + "/test/mariadb-template";
    if (fs::exists(folder)) return folder;
    const auto own = folder + "." + std::to_string(::getpid());
    const auto ownTemporary = own + ".tmp";
    fs::create_directory(ownTemporary);
    const auto made = zoco::test::runProcess(
        asRoot({"mariadb-install-db", "--no-defaults", "--datadir=" + own, "--tmpdir=" + ownTemporary,
                "--auth-root-authentication-method=normal", "--skip-test-db", "--innodb-log-file-size=8M",
                "--innodb-flush-log-at-trx-commit=0"}));
    if (made.status.code != 0) throw std::runtime_error("mariadb-install-db: " + made.out + made.error);
    std::error_code ignored;
    fs::remove_all(ownTemporary, ignored);
    fs::rename(own, folder, ignored); // another test may have been quicker
    fs::remove_all(own, ignored);
    return folder;
}

std::uint16_t freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ::sockaddr_in own{};
    own.sin_family = AF_INET;
    own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::socklen_t size = sizeof own;
    const bool isBound = ::bind(fd, reinterpret_cast<::sockaddr*>(&own), size) == 0 &&
                         ::getsockname(fd, reinterpret_cast<::sockaddr*>(&own), &size) == 0;
    ::close(fd);
    if (!isBound) throw std::runtime_error("no free port");
    return ntohs(own.sin_port);
}

} // namespace

MariaDbServer::MariaDbServer(std::vector<std::string> options, int diskMegabytes)
    : _options(std::move(options)), _data(_folder.path("data")), _port(freePort())
{
    if (diskMegabytes > 0)
    {
        fs::create_directory(_data);
        _disk.emplace(_data, diskMegabytes);
        _data += "/" + fs::path(templateFolder()).filename().string();
    }
    else
        fs::copy(templateFolder(), _data, fs::copy_options::recursive);
    fs::create_directory(_folder.path("tmp")); // a server that starts removes the temporary tables of others from /tmp
    for (int tries = 1;; ++tries)
    {
        try
        {
            start();
            return;
        }
        catch (const std::runtime_error&)
        {
            if (tries == 3) throw;
            _port = freePort(); // somebody else may have been quicker
        }
    }
}

MariaDbServer::~MariaDbServer()
{
    if (_process) thaw();
}

MariaDbServer& MariaDbServer::shared()
{
    static MariaDbServer server;
    return server;
}

std::vector<std::string> MariaDbServer::launcher() const
{
    return _disk ? _disk->launcher(templateFolder()) : std::vector<std::string>{};
}

void MariaDbServer::start()
{
    auto argv = launcher();
    const auto own = asRoot({"setpriv", "--pdeathsig", "KILL", "mariadbd", "--no-defaults", "--datadir=" + _data,
                             "--socket=" + socket(), "--port=" + std::to_string(_port), "--bind-address=127.0.0.1",
                             "--pid-file=" + _folder.path("pid"), "--tmpdir=" + _folder.path("tmp"),
                             "--log-error=" + _folder.path("errors.log"), "--innodb-buffer-pool-size=32M",
                             "--innodb-log-file-size=8M", "--innodb-flush-log-at-trx-commit=2", "--skip-name-resolve",
                             "--max-connections=200"});
    argv.insert(argv.end(), own.begin(), own.end());
    argv.insert(argv.end(), _options.begin(), _options.end());
    const char* path = std::getenv("PATH");
    _process = std::make_unique<ChildProcess>(
        argv, ChildProcess::Options{{"PATH=" + std::string(path == nullptr ? "" : path) + ":/usr/sbin:/sbin"}, ""});
    const auto answers = [&]
    {
        if (!_process->isRunning())
            throw std::runtime_error("mariadbd: " + _process->error() +
                                     (fs::exists(_folder.path("errors.log")) ? _folder.read("errors.log") : ""));
        try
        {
            return execute("SELECT 1") == "1";
        }
        catch (const std::runtime_error&)
        {
            return false;
        }
    };
    if (!zoco::test::eventually(answers)) throw std::runtime_error("mariadbd does not answer");
}

void MariaDbServer::kill()
{
    _process->signal(SIGKILL);
    (void)_process->wait(std::chrono::seconds(10));
}

void MariaDbServer::freeze() { _process->signal(SIGSTOP); }

void MariaDbServer::thaw() { _process->signal(SIGCONT); }

void MariaDbServer::fillDisk() { _disk->fill(_process->pid()); }

void MariaDbServer::makeRoom() { _disk->makeRoom(_process->pid()); }

std::string MariaDbServer::newDatabase()
{
    std::string name;
    {
        const std::lock_guard lock(_mutex);
        name = "tienda" + std::to_string(++_databases);
    }
    execute("CREATE DATABASE " + name);
    return name;
}

std::string MariaDbServer::execute(std::string_view statements, const std::string& database)
{
    return session(database).execute(statements);
}

std::int64_t MariaDbServer::counter(const std::string& variable)
{
    return std::stoll(execute("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS WHERE VARIABLE_NAME = '" +
                              variable + "'"));
}

int MariaDbServer::rolledBackAtStart() const
{
    const auto log = _folder.read("errors.log");
    int out = 0;
    for (auto at = log.find(kRolledBack); at != std::string::npos; at = log.find(kRolledBack, at + 1)) ++out;
    return out;
}

std::string MariaDbServer::socketUrl(const std::string& database, const std::string& user) const
{
    return "mysql://" + user + "@localhost/" + database + "?socket=" + socket();
}

std::string MariaDbServer::portUrl(const std::string& database, const std::string& user) const
{
    return "mysql://" + user + "@127.0.0.1:" + std::to_string(_port) + "/" + database;
}

} // namespace zoco::gestorbbdd::test
