// bench_purchase [CATALOGUE [ROUNDS [SECONDS]]]: what a purchase costs the host and its MariaDB, step by step, of one
// buyer after the other and of 64 at once; and what a shop stands whose 64 visitors look around, fill carts and order.
// Exit status 1: a goal is missed.
#include "ShopServers.h"
#include "Visitor.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace zoco::bench
{

namespace
{

using zoco::test::RawClient;
using Clock = std::chrono::steady_clock;

constexpr double kGoalMs = 2;
constexpr std::size_t kBuyers = 200; ///< in a round
constexpr int kConnections = 64;

/// Whom nobody was before.
std::uint64_t nextVisitor()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// What a step costs, microseconds for each purchase: rounds of it.
struct Cost
{
    std::vector<double> host;
    std::vector<double> database;
    std::vector<double> statements;

    void add(const Cpu& cpu, std::int64_t sent, double count)
    {
        statements.push_back(static_cast<double>(sent) / count);
        host.push_back(cpu.host / count);
        database.push_back(cpu.database / count);
    }
    double sum() const { return median(host) + median(database); }
    void print(const char* name) const
    {
        std::printf("  %-34s %8.3f %8.3f %8.3f %10.1f\n", name, median(host) / 1e3, median(database) / 1e3, sum() / 1e3,
                    median(statements));
    }
};

/// Everybody takes a step, by so many connections.
void takeAll(Step step, std::vector<Visitor>& buyers, std::size_t connections, std::uint16_t port)
{
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::string fault; // under the mutex
    const auto serve = [&]
    {
        try
        {
            RawClient client(port);
            for (std::size_t i = 0; (i = next++) < buyers.size();) buyers[i].take(step, client);
        }
        catch (const std::exception& e)
        {
            const std::lock_guard lock(mutex);
            fault = e.what();
        }
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < connections; ++i) others.emplace_back(serve);
    serve();
    others.clear();
    if (!fault.empty()) throw std::runtime_error(fault);
}

/// Everybody takes a step, then everybody the next one. True: within the goal.
bool benchPurchase(ShopServers& shop, const std::vector<std::string>& skus, int rounds, std::size_t connections)
{
    Cost costs[kSteps.size()];
    Cost afterwards;
    for (int round = -1; round < rounds; ++round) // the first one warms up
    {
        std::vector<Visitor> buyers;
        for (std::size_t i = 0; i < kBuyers; ++i) buyers.emplace_back(nextVisitor(), skus);
        for (std::size_t s = 0; s < kSteps.size(); ++s)
        {
            const auto sent = shop.statements();
            const auto before = shop.cpu();
            takeAll(kSteps[s].step, buyers, connections, shop.port());
            const auto used = shop.cpu() - before;
            if (round >= 0) costs[s].add(used, shop.statements() - sent, kBuyers);
        }
        const auto sent = shop.statements();
        const auto before = shop.cpu();
        shop.awaitQuiet();
        if (round >= 0) afterwards.add(shop.cpu() - before, shop.statements() - sent, kBuyers);
    }
    std::printf("A purchase with MariaDB, CPU ms; %zu at once, %d rounds of %zu, medians\n", connections, rounds,
                kBuyers);
    std::printf("  %-34s %8s %8s %8s %10s\n", "", "host", "database", "both", "statements");
    double all = 0;
    for (std::size_t s = 0; s < kSteps.size(); ++s)
    {
        costs[s].print(kSteps[s].name);
        all += costs[s].sum() / 1e3;
    }
    const bool isMet = all <= kGoalMs;
    std::printf("  %-34s %26.3f   goal <= %.0f %s\n", "in all", all, kGoalMs, isMet ? "PASS" : "FAIL");
    afterwards.print("afterwards: invoice, mails");
    return isMet;
}

enum Kind
{
    Home,
    Look,
    See,
    Put,
    Buy
};

/// One visit: home 1, product 10, cart 3, add 2, order 1.
constexpr Kind kVisit[] = {Home, Look, Look, Look, Put,  See,  Look, Look, Look,
                           See,  Put,  Look, Look, Look, Look, See,  Buy};

void visit(Visitor& visitor, Kind kind, RawClient& client)
{
    switch (kind)
    {
    case Home:
        return visitor.home(client);
    case Look:
        return visitor.take(Step::Product, client);
    case See:
        return visitor.take(Step::Cart, client);
    case Put:
        return visitor.take(Step::Add, client);
    case Buy:
        return visitor.take(Step::Order, client);
    }
}

/// Visits by so many connections, for some time.
class Mix
{
public:
    Mix(ShopServers& shop, const std::vector<std::string>& skus) : _shop(shop), _skus(skus) {}

    void run(std::chrono::seconds time)
    {
        std::vector<std::jthread> visitors;
        for (int i = 0; i < kConnections; ++i) visitors.emplace_back([this, i] { come(i); });
        std::this_thread::sleep_for(std::chrono::seconds(1));
        const auto begin = Clock::now();
        const auto requests = _requests.load();
        const auto orders = _orders.load();
        const auto cpu = _shop.cpu();
        std::this_thread::sleep_for(time);
        _cpu = _shop.cpu() - cpu;
        _answered = static_cast<double>(_requests - requests);
        _ordered = static_cast<double>(_orders - orders);
        _seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        _isOver = true;
        visitors.clear();
        if (!_fault.empty()) throw std::runtime_error(_fault);
    }
    void print() const
    {
        std::printf("\nVisits (home 1, product 10, cart 3, add 2, order 1) with MariaDB, %d connections, %.0f s\n",
                    kConnections, _seconds);
        std::printf("  requests/s %25.0f   of which orders %.0f\n", _answered / _seconds, _ordered / _seconds);
        std::printf("  requests/s of one processor %8.0f\n", _answered / (_cpu.sum() / 1e6));
        std::printf("  CPU-us/request %21.0f   host %.0f, database %.0f\n", _cpu.sum() / _answered,
                    _cpu.host / _answered, _cpu.database / _answered);
    }

private:
    /// Everybody begins at another place of the visit, so that orders do not come all at once.
    void come(int connection)
    {
        try
        {
            RawClient client(_shop.port());
            std::size_t at = static_cast<std::size_t>(connection) % std::size(kVisit);
            while (!_isOver)
            {
                Visitor visitor(nextVisitor(), _skus);
                if (at > 4 && !_isOver) visitor.take(Step::Add, client); // there is something to order
                for (; at < std::size(kVisit) && !_isOver; ++at)
                {
                    visit(visitor, kVisit[at], client);
                    ++_requests;
                    _orders += kVisit[at] == Buy ? 1 : 0;
                }
                at = 0;
            }
        }
        catch (const std::exception& e)
        {
            const std::lock_guard lock(_mutex);
            _fault = e.what();
        }
    }

    ShopServers& _shop;
    const std::vector<std::string>& _skus;
    std::atomic<std::int64_t> _requests{0};
    std::atomic<std::int64_t> _orders{0};
    std::atomic<bool> _isOver{false};
    std::mutex _mutex;
    std::string _fault; ///< under the mutex
    Cpu _cpu;
    double _answered = 0;
    double _ordered = 0;
    double _seconds = 0;
};

std::vector<std::string> skusOf(ShopServers& shop)
{
    std::istringstream all(shop.query("SELECT GROUP_CONCAT(sku SEPARATOR ' ') FROM (SELECT sku FROM catalogo_productos "
                                      "ORDER BY id LIMIT 30) p"));
    return {std::istream_iterator<std::string>(all), {}};
}

int run(int argc, char** argv)
{
    ShopServers shop(argc > 1 ? argv[1] : "");
    const auto skus = skusOf(shop);
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 5;
    bool isMet = benchPurchase(shop, skus, rounds, 1);
    std::printf("\n");
    isMet = benchPurchase(shop, skus, rounds, kConnections) && isMet;
    Mix mix(shop, skus);
    mix.run(std::chrono::seconds(argc > 3 ? std::atoi(argv[3]) : 10));
    mix.print();
    return isMet ? 0 : 1;
}

} // namespace

} // namespace zoco::bench

int main(int argc, char** argv)
{
    try
    {
        return zoco::bench::run(argc, argv);
    }
    catch (const std::exception& e)
    {
        std::fprintf(stderr, "bench_purchase: %s\n", e.what());
        return 2;
    }
}
