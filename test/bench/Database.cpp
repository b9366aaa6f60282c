// bench_database [TEXT]: what the service costs beside the bare client libraries, in one run, taking turns; only the
// comparisons with TEXT in their name. Exit status 1: a goal is missed.
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/Support.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstring>
#include <functional>
#include <mysql.h>
#include <optional>
#include <sqlite3.h>
#include <stdexcept>
#include <sys/resource.h>

namespace zoco::gestorbbdd::test
{

namespace
{

constexpr int kProducts = 10000;
constexpr int kRounds = 15; ///< short ones, so that both meet the same neighbours
constexpr std::chrono::milliseconds kEach(500);

using Once = std::function<void()>;
/// Makes what one thread repeats; `thread` counts from 0.
using MakeThread = std::function<Once(int thread)>;

struct Rate
{
    double perSecond = 0;
    double cpuUs = 0; ///< of this process, each call
};

double cpuUs()
{
    ::rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto us = [](const ::timeval& t)
    { return static_cast<double>(t.tv_sec) * 1e6 + static_cast<double>(t.tv_usec); };
    return us(usage.ru_utime) + us(usage.ru_stime);
}

/// Calls with so many threads.
Rate rate(int threads, const MakeThread& make)
{
    std::atomic<bool> isBegun{false};
    std::atomic<bool> isOver{false};
    std::atomic<int> ready{0};
    std::atomic<std::int64_t> total{0};
    std::chrono::steady_clock::time_point begin;
    double cpuBegin = 0;
    {
        std::vector<std::jthread> all;
        for (int t = 0; t < threads; ++t)
            all.emplace_back(
                [&, t]
                {
                    const auto once = make(t);
                    once();
                    ++ready;
                    isBegun.wait(false);
                    std::int64_t count = 0;
                    for (; !isOver.load(std::memory_order_relaxed); ++count) once();
                    total += count;
                });
        (void)eventually([&] { return ready == threads; });
        begin = std::chrono::steady_clock::now();
        cpuBegin = cpuUs();
        isBegun = true;
        isBegun.notify_all();
        std::this_thread::sleep_for(kEach);
        isOver = true;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    return {static_cast<double>(total) / took.count(), (cpuUs() - cpuBegin) / static_cast<double>(total)};
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// The comparisons that are wanted, and whether all of them have met their goals.
class Comparisons
{
public:
    explicit Comparisons(std::string_view wanted) : _wanted(wanted) {}

    /// Takes turns and prints the medians and the median of the ratios.
    void run(const char* what, int threads, const MakeThread& service, int bareThreads, const MakeThread& bare,
             double goal)
    {
        if (std::string_view(what).find(_wanted) == std::string_view::npos) return;
        std::vector<double> ours, theirs, ratios, cpus;
        for (int round = 0; round < kRounds; ++round)
        {
            const auto their = rate(bareThreads, bare);
            const auto our = rate(threads, service);
            theirs.push_back(their.perSecond);
            ours.push_back(our.perSecond);
            ratios.push_back(our.perSecond / their.perSecond);
            cpus.push_back(our.cpuUs / their.cpuUs);
        }
        const bool isMet = median(ratios) >= goal;
        std::printf("  %-42s %9.0f %9.0f %7.2f %7.2f   goal >= %-5.2f %s\n", what, median(ours), median(theirs),
                    median(ratios), median(cpus), goal, isMet ? "PASS" : "FAIL");
        std::fflush(stdout);
        _areMet &= isMet;
    }
    bool areMet() const noexcept { return _areMet; }

private:
    std::string_view _wanted;
    bool _areMet = true;
};

Embedded embedded()
{
    return Embedded()
        .migration(
            "V001__t.sql",
            "CREATE TABLE b_productos (id BIGINT PRIMARY KEY, nombre VARCHAR(100) NOT NULL, precio BIGINT NOT NULL);\n"
            "CREATE TABLE b_pedidos (id BIGINT PRIMARY KEY, cliente BIGINT NOT NULL);\n"
            "CREATE TABLE b_lineas (pedido BIGINT NOT NULL, n INT NOT NULL, producto BIGINT NOT NULL, "
            "PRIMARY KEY (pedido, n));")
        .operations("o.sql", R"sql(
-- operation: producto_crear
-- params: id int, nombre text, precio int
-- returns: affected
INSERT INTO b_productos VALUES (:id, :nombre, :precio);
-- operation: producto
-- params: id int
-- returns: one
SELECT id, nombre, precio FROM b_productos WHERE id = :id;
-- operation: pedido
-- params: id int, cliente int
-- returns: affected
INSERT INTO b_pedidos VALUES (:id, :cliente);
-- operation: linea
-- params: pedido int, n int, producto int
-- returns: affected
INSERT INTO b_lineas VALUES (:pedido, :n, :producto)
)sql");
}

void check(bool isGood, const char* what)
{
    if (!isGood) throw std::runtime_error(what);
}

/// Numbers that nobody else has.
class Numbers
{
public:
    std::int64_t next() noexcept { return ++_last; }

private:
    std::atomic<std::int64_t> _last{0};
};

/// The plugin, with its products.
struct Shop
{
    explicit Shop(const Configuration& settings) : gestor(settings), consumer(gestor, "b", embedded())
    {
        const auto crear = service.operation("producto_crear", {"id", "nombre", "precio"});
        for (int first = 0; first < kProducts; first += 500)
        {
            Group group(service);
            for (int id = first; id < first + 500; ++id) group.add(crear, {id, "Producto " + std::to_string(id), id});
            check(group.run({}).ok(), "products");
        }
    }
    MakeThread reading()
    {
        return [this](int thread) -> Once
        {
            return [this, operation = producto, id = thread * 997]() mutable
            {
                std::int64_t found = -1;
                id = (id + 7919) % kProducts;
                check(service.call({}, operation, {id}, [&](const Row& row) { found = row[0].integer(); }).ok() &&
                          found == id,
                      "read");
            };
        };
    }
    MakeThread ordering()
    {
        return [this](int) -> Once
        {
            return [this]
            {
                const auto id = numbers.next();
                Group group(service);
                group.add(pedido, {id, 1}, 1);
                for (int n = 0; n < 3; ++n) group.add(linea, {id, n, n}, 1);
                check(group.run({}).ok(), "order");
            };
        };
    }

    Gestor gestor;
    Consumer consumer;
    Service service = consumer.service();
    Operation producto = service.operation("producto", {"id"});
    Operation pedido = service.operation("pedido", {"id", "cliente"});
    Operation linea = service.operation("linea", {"pedido", "n", "producto"});
    Numbers numbers;
};

/// A connection of the bare client library, with kept statements.
class BareMariaDb
{
public:
    BareMariaDb(const std::string& host, unsigned port, const std::string& database) : _db(mysql_init(nullptr))
    {
        check(mysql_real_connect(_db, host.c_str(), "banco", "", database.c_str(), port, nullptr, 0) != nullptr,
              "connect");
    }
    ~BareMariaDb()
    {
        for (auto* statement : _statements) mysql_stmt_close(statement);
        mysql_close(_db);
    }
    BareMariaDb(const BareMariaDb&) = delete;
    BareMariaDb& operator=(const BareMariaDb&) = delete;

    MYSQL_STMT* prepare(const char* sql)
    {
        auto* statement = _statements.emplace_back(mysql_stmt_init(_db));
        check(mysql_stmt_prepare(statement, sql, std::strlen(sql)) == 0, sql);
        return statement;
    }
    static void execute(MYSQL_STMT* statement, std::initializer_list<std::int64_t> values)
    {
        MYSQL_BIND binds[3]{};
        std::int64_t copies[3];
        std::size_t at = 0;
        for (const auto value : values)
        {
            copies[at] = value;
            binds[at].buffer_type = MYSQL_TYPE_LONGLONG;
            binds[at].buffer = &copies[at];
            ++at;
        }
        check(mysql_stmt_bind_param(statement, binds) == 0 && mysql_stmt_execute(statement) == 0, "execute");
    }
    void query(const char* sql) { check(mysql_query(_db, sql) == 0, sql); }

    void read(MYSQL_STMT* statement, std::int64_t id)
    {
        execute(statement, {id});
        std::int64_t found = -1;
        std::int64_t price = 0;
        char name[256];
        unsigned long length = 0;
        MYSQL_BIND binds[3]{};
        binds[0].buffer_type = binds[2].buffer_type = MYSQL_TYPE_LONGLONG;
        binds[0].buffer = &found;
        binds[2].buffer = &price;
        binds[1].buffer_type = MYSQL_TYPE_STRING;
        binds[1].buffer = name;
        binds[1].buffer_length = sizeof name;
        binds[1].length = &length;
        check(mysql_stmt_bind_result(statement, binds) == 0 && mysql_stmt_fetch(statement) == 0 && found == id,
              "bare read");
        check(mysql_stmt_fetch(statement) == MYSQL_NO_DATA, "one row");
    }

private:
    MYSQL* _db;
    std::vector<MYSQL_STMT*> _statements;
};

void benchMariaDb(Comparisons& compare)
{
    MariaDbServer server({"--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=256M"});
    const auto database = server.newDatabase();
    server.execute("CREATE USER banco@'127.0.0.1'; GRANT ALL ON *.* TO banco@'127.0.0.1'");
    Shop shop(Configuration{{"url", server.portUrl(database, "banco")}, {"connections", "16"}});
    const MakeThread reading = [&](int thread) -> Once
    {
        auto db = std::make_shared<BareMariaDb>("127.0.0.1", server.port(), database);
        auto* select = db->prepare("SELECT id, nombre, precio FROM b_productos WHERE id = ?");
        return [db, select, id = thread * 997]() mutable { db->read(select, id = (id + 7919) % kProducts); };
    };
    const MakeThread ordering = [&](int) -> Once
    {
        auto db = std::make_shared<BareMariaDb>("127.0.0.1", server.port(), database);
        auto* order = db->prepare("INSERT INTO b_pedidos VALUES (?, ?)");
        auto* line = db->prepare("INSERT INTO b_lineas VALUES (?, ?, ?)");
        return [&shop, db, order, line]
        {
            const auto id = shop.numbers.next();
            db->query("START TRANSACTION");
            BareMariaDb::execute(order, {id, 1});
            for (int n = 0; n < 3; ++n) BareMariaDb::execute(line, {id, n, n});
            db->query("COMMIT");
        };
    };
    compare.run("MariaDB, key read, 8 threads", 8, shop.reading(), 8, reading, 0.9);
    compare.run("MariaDB, order of 3 lines, 8 threads", 8, shop.ordering(), 8, ordering, 1.2);
}

/// A bare connection to the SQLite file, with kept statements.
class BareSqlite
{
public:
    explicit BareSqlite(const std::string& path)
    {
        check(sqlite3_open_v2(path.c_str(), &_db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK,
              "open");
        sqlite3_busy_timeout(_db, 10000);
        run("PRAGMA synchronous = FULL");
    }
    ~BareSqlite()
    {
        for (auto* statement : _statements) sqlite3_finalize(statement);
        sqlite3_close(_db);
    }
    BareSqlite(const BareSqlite&) = delete;
    BareSqlite& operator=(const BareSqlite&) = delete;

    void run(const char* sql) { check(sqlite3_exec(_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql); }
    sqlite3_stmt* prepare(const char* sql)
    {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v3(_db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) == SQLITE_OK, sql);
        return _statements.emplace_back(statement);
    }
    static std::int64_t execute(sqlite3_stmt* statement, std::initializer_list<std::int64_t> values)
    {
        int at = 0;
        for (const auto value : values) sqlite3_bind_int64(statement, ++at, value);
        std::int64_t first = -1;
        int result = 0;
        while ((result = sqlite3_step(statement)) == SQLITE_ROW)
        {
            first = sqlite3_column_int64(statement, 0);
            check(sqlite3_column_text(statement, 1) != nullptr && sqlite3_column_int64(statement, 2) >= 0, "columns");
        }
        check(result == SQLITE_DONE, "step");
        sqlite3_reset(statement);
        return first;
    }

private:
    sqlite3* _db = nullptr;
    std::vector<sqlite3_stmt*> _statements;
};

void benchSqlite(Comparisons& compare)
{
    Shop shop(Configuration{{"readers", "8"}});
    const auto path = shop.gestor.host.files().folder() + "/zoco.db";
    const MakeThread reading = [&](int thread) -> Once
    {
        auto db = std::make_shared<BareSqlite>(path);
        auto* select = db->prepare("SELECT id, nombre, precio FROM b_productos WHERE id = ?");
        return [db, select, id = thread * 997]() mutable
        {
            id = (id + 7919) % kProducts;
            check(BareSqlite::execute(select, {id}) == id, "bare read");
        };
    };
    const MakeThread ordering = [&](int) -> Once
    {
        auto db = std::make_shared<BareSqlite>(path);
        auto* order = db->prepare("INSERT INTO b_pedidos VALUES (?, ?)");
        auto* line = db->prepare("INSERT INTO b_lineas VALUES (?, ?, ?)");
        auto* begin = db->prepare("BEGIN IMMEDIATE");
        auto* commit = db->prepare("COMMIT");
        return [&shop, db, order, line, begin, commit]
        {
            const auto id = shop.numbers.next();
            BareSqlite::execute(begin, {});
            BareSqlite::execute(order, {id, 1});
            for (int n = 0; n < 3; ++n) BareSqlite::execute(line, {id, n, n});
            BareSqlite::execute(commit, {});
        };
    };
    compare.run("SQLite, key read, 1 thread", 1, shop.reading(), 1, reading, 0.6);
    compare.run("SQLite FULL, order of 3 lines, 32 / 1 lane", 32, shop.ordering(), 1, ordering, 3);
}

} // namespace

} // namespace zoco::gestorbbdd::test

int main(int argc, char** argv)
{
    using namespace zoco::gestorbbdd::test;
    std::printf("The data service beside the bare libraries, calls a second, %d rounds taking turns, medians\n",
                kRounds);
    std::printf("  %-42s %9s %9s %7s %7s\n", "", "service", "bare", "ratio", "CPU");
    Comparisons compare(argc > 1 ? argv[1] : "");
    benchSqlite(compare);
    benchMariaDb(compare);
    return compare.areMet() ? 0 : 1;
}
