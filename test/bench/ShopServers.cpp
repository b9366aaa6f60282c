#include "ShopServers.h"

#include <chrono>
#include <ctime>
#include <sched.h>
#include <stdexcept>
#include <thread>

namespace zoco::bench
{

namespace
{

using zoco::test::HostProcess;

constexpr int kServers = 0;
constexpr int kClients = 1;

/// For this thread and those, and processes, that it starts.
void moveTo(int processor)
{
    ::cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<unsigned>(processor), &one);
    if (::sched_setaffinity(0, sizeof one, &one) != 0) throw std::runtime_error("two processors are needed");
}

/// Of all threads of a process, those that have ended too.
double cpuUs(pid_t pid)
{
    ::clockid_t clock{};
    ::timespec time{};
    if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0)
        throw std::runtime_error("a server has ended");
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

zoco::gestorbbdd::test::MariaDbServer started()
{
    moveTo(kServers);
    return zoco::gestorbbdd::test::MariaDbServer(
        {"--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=256M", "--innodb-log-file-size=64M"});
}

} // namespace

ShopServers::ShopServers(const std::string& catalogue) : _database(started()), _name(_database.newDatabase())
{
    zoco::test::HostOptions options;
    const auto url = _database.socketUrl(_name);
    options.defines = {{"plugins.default", "gestorbbdd, catalogo, usuarios, pedidos, pagos"},
                       {"plugins.gestorbbdd.url", url},
                       {"host.rate_limits", "off"}};
    _host.emplace(options);
    if (!catalogue.empty())
    {
        const auto done = zoco::test::runProcess({HostProcess::binary(), "-D", "data.dir=" + _host->dataDir(), "-D",
                                                  "plugins.gestorbbdd.url=" + url, "import", "productos", catalogue},
                                                 {}, {}, std::chrono::minutes(5));
        if (done.status.code != 0) throw std::runtime_error("import: " + done.out + done.error);
    }
    query("UPDATE catalogo_productos SET existencias = 1000000");
    moveTo(kClients);
}

Cpu ShopServers::cpu() const { return {cpuUs(_host->pid()), cpuUs(_database.pid())}; }

void ShopServers::awaitQuiet() const
{
    constexpr double kIdle = 5'000; // what they use in a moment when nobody asks for anything
    constexpr int kMost = 200;
    auto before = cpu();
    for (int i = 0; i < kMost; ++i)
    {
        std::this_thread::sleep_for(std::chrono::milliseconds(250));
        const auto now = cpu();
        if ((now - before).sum() < kIdle) return;
        before = now;
    }
    throw std::runtime_error("the shop does not come to rest");
}

} // namespace zoco::bench
