#include "core/UniqueFd.h"
#include "integration/Footprint.h"
#include "integration/PluginProcesses.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <cppunit/extensions/HelperMacros.h>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

using namespace zoco::test;
using std::chrono::milliseconds;

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr milliseconds kReturn{5'000}; // they report the signal first, and start slowly
#else
constexpr milliseconds kReturn{200}; // what is promised
#endif
/// Beside other tests the kernel itself may need seconds to take a dead process away: ZOCO_LONG=1 runs alone.
const milliseconds kPatience = std::getenv("ZOCO_LONG") != nullptr ? kReturn : milliseconds{5'000};
constexpr int kFirst = 3; ///< crashes before the first footprint

bool isLost(const HttpResponse& answer) { return answer.status == 502 && answer.problemSlug() == "plugin-crashed"; }

/// Clients that ask without pause, each over one kept connection and never twice for one answer.
class Clients
{
public:
    Clients(std::uint16_t port, const std::vector<std::string>& targets)
    {
        for (const auto& target : targets)
        {
            auto& client = _clients.emplace_back();
            client.thread = std::thread([this, &client, port, target] { run(client, port, target); });
        }
    }
    ~Clients() { stop(); }
    Clients(const Clients&) = delete;
    Clients& operator=(const Clients&) = delete;

    void stop()
    {
        _isOver = true;
        for (auto& client : _clients)
            if (client.thread.joinable()) client.thread.join();
    }
    /// Returns when each has had the answer to something it asked after this call; false when one failed or is late.
    bool awaitRound()
    {
        std::vector<std::size_t> wanted;
        for (const auto& client : _clients) wanted.push_back(client.answers + 2);
        const auto isDone = [&]
        {
            return std::equal(_clients.begin(), _clients.end(), wanted.begin(),
                              [](const Client& client, std::size_t least) { return client.answers >= least; });
        };
        return eventually([&] { return isDone() || !fault().empty(); }) && fault().empty();
    }
    std::size_t size() const { return _clients.size(); }
    std::size_t answers() const { return sum(&Client::answers); }
    std::size_t losses() const { return sum(&Client::losses); } ///< answers that tell of a crash
    /// The first that was neither 200 nor such an answer; empty: none.
    std::string fault() const
    {
        const std::lock_guard lock(_mutex);
        return _fault;
    }

private:
    struct Client
    {
        std::atomic<std::size_t> answers{0};
        std::atomic<std::size_t> losses{0};
        std::thread thread;
    };

    void run(Client& self, std::uint16_t port, const std::string& target)
    {
        try
        {
            RawClient client(port);
            while (!_isOver)
            {
                const auto answer = client.request("GET", target);
                if (isLost(answer))
                    ++self.losses;
                else if (answer.status != 200)
                    note(target + ": " + std::to_string(answer.status) + " " + answer.body);
                ++self.answers;
            }
        }
        catch (const std::exception& e)
        {
            note(target + ": " + e.what());
        }
    }
    void note(const std::string& what)
    {
        const std::lock_guard lock(_mutex);
        if (_fault.empty()) _fault = what;
    }
    std::size_t sum(std::atomic<std::size_t> Client::*number) const
    {
        std::size_t out = 0;
        for (const auto& client : _clients) out += client.*number;
        return out;
    }

    std::atomic<bool> _isOver{false};
    mutable std::mutex _mutex; ///< of _fault
    std::string _fault;
    std::deque<Client> _clients;
};

/// Sends SIGSEGV and returns when the process has ended.
void crash(pid_t process)
{
    const zoco::host::UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, process, 0)));
    CPPUNIT_ASSERT(handle.get() >= 0);
    CPPUNIT_ASSERT_EQUAL(0, ::kill(process, SIGSEGV));
    pollfd end{handle.get(), POLLIN, 0};
    CPPUNIT_ASSERT_EQUAL(1, ::poll(&end, 1, 20'000));
}

std::size_t occurrences(const std::string& text, const std::string& what)
{
    std::size_t out = 0;
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++out;
    return out;
}

} // namespace

/// A plugin's process is killed again and again while clients ask: only what it had in hand fails. ZOCO_LONG=1 does it
/// more often.
class CrashUnderLoadTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(CrashUnderLoadTest);
    CPPUNIT_TEST(testOnlyWhatWasInFlightFails);
    CPPUNIT_TEST_SUITE_END();

    static HostOptions options()
    {
        auto out = inProcesses(onlyPlugins({"hola", "lento"}), {"lento"});
        out.defines.emplace_back("log.access", "off");
        return out;
    }

    /// Time from the kill to the answer 200 to a request that was made when the process was gone already.
    static milliseconds crashAndReturn(const HostProcess& host, RawClient& probe)
    {
        const auto process = processOf(host.pid(), "lento");
        CPPUNIT_ASSERT(process > 0);
        const auto begun = std::chrono::steady_clock::now();
        crash(process);
        const auto answer = probe.request("GET", "/Lento/0");
        const auto time = std::chrono::steady_clock::now() - begun;
        CPPUNIT_ASSERT_EQUAL_MESSAGE(answer.body, 200, answer.status);
        return std::chrono::duration_cast<milliseconds>(time);
    }

    static void print(const std::vector<milliseconds>& returns, const Clients& asking, const Clients& others,
                      const Footprint& before, const Footprint& after)
    {
        auto sorted = returns;
        std::sort(sorted.begin(), sorted.end());
        std::printf("%zu crashes: %zu + %zu answers, %zu of 502; back after %d ms at most, %d ms median; "
                    "threads %zu -> %zu, descriptors %zu -> %zu, resident %zu -> %zu kB\n",
                    returns.size(), asking.answers(), others.answers(), asking.losses(),
                    static_cast<int>(sorted.back().count()), static_cast<int>(sorted[sorted.size() / 2].count()),
                    before.threads, after.threads, before.descriptors, after.descriptors, before.residentKb,
                    after.residentKb);
    }

    /// Less than one more of each per crash.
    static bool isFlat(const Footprint& before, const Footprint& after)
    {
        return after.threads <= before.threads + 4 && after.descriptors <= before.descriptors + 4;
    }

    static void assertNoCrashLoop(const HostProcess& host, std::size_t crashes)
    {
        CPPUNIT_ASSERT(eventually([&] { return occurrences(host.log(), "plugin restarted") >= crashes; }));
        CPPUNIT_ASSERT_EQUAL(crashes, occurrences(host.log(), "plugin crashed"));
        CPPUNIT_ASSERT_EQUAL(crashes, occurrences(host.log(), "plugin restarted"));
        CPPUNIT_ASSERT(host.log().find("crash loop") == std::string::npos);
        const auto plugins = RawClient(host.socketPath()).request("GET", "/_zoco/plugins").body;
        CPPUNIT_ASSERT_MESSAGE(plugins, plugins.find("failed") == std::string::npos);
    }

public:
    void testOnlyWhatWasInFlightFails()
    {
        const int crashes = std::getenv("ZOCO_LONG") != nullptr ? 50 : 10;
        HostProcess host(options());
        RawClient probe(host.port());
        Clients asking(host.port(), {"/Lento/0", "/Lento/0", "/Lento/5", "/Lento/5"});
        Clients others(host.port(), {"/Hola/Ana", "/Hola/Ana"});
        Footprint before;
        std::vector<milliseconds> returns;
        for (int i = 0; i < crashes; ++i)
        {
            CPPUNIT_ASSERT_MESSAGE(asking.fault(), asking.awaitRound());
            CPPUNIT_ASSERT_MESSAGE(others.fault(), others.awaitRound());
            if (i == kFirst) before = Footprint::of(host);
            const auto losses = asking.losses();
            returns.push_back(crashAndReturn(host, probe));
            CPPUNIT_ASSERT_MESSAGE(asking.fault(), asking.awaitRound());
            CPPUNIT_ASSERT(asking.losses() - losses <= asking.size());
        }
        Footprint after;
        const bool isLevel = eventually([&] { return isFlat(before, after = Footprint::of(host)); }, kPatience);
        asking.stop();
        others.stop();
        print(returns, asking, others, before, after);
        CPPUNIT_ASSERT_EQUAL(std::string(), asking.fault() + others.fault());
        CPPUNIT_ASSERT(asking.losses() > 0); // or nothing was in flight
        CPPUNIT_ASSERT_EQUAL(std::size_t(0), others.losses());
        CPPUNIT_ASSERT(*std::max_element(returns.begin(), returns.end()) < kPatience);
        CPPUNIT_ASSERT(isLevel);
        CPPUNIT_ASSERT(after.isMemoryFlatSince(before));
        assertNoCrashLoop(host, static_cast<std::size_t>(crashes));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CrashUnderLoadTest);
