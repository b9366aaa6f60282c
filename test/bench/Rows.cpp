// bench_rows [ROWS]: whether a large table costs more than a small one: a page from behind a place, a row by its key, a
// new row, through the data service, in a table of 20,000 rows and in one of ROWS (20,000,000), taking turns. Exit
// status 1: the large one takes more than twice as long. Without a goal, since the small table lies in the processor's
// cache and 24 places of the large one in no cache: a page whose index lacks a column, and a row by its second key.
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/Support.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <sqlite3.h>
#include <stdexcept>

namespace zoco::gestorbbdd::test
{

namespace
{

constexpr std::int64_t kSmall = 20'000;
constexpr std::int64_t kAtOnce = 1'000'000; ///< rows that are filled in by one statement
constexpr int kRounds = 9;
constexpr std::chrono::milliseconds kEach(300);
constexpr std::int64_t kPrices = 100'000;
constexpr double kGoal = 2;

using Execute = std::function<void(const std::string& sql)>;

void check(bool isGood, const char* what)
{
    if (!isGood) throw std::runtime_error(what);
}

std::string sku(std::int64_t id)
{
    char text[32];
    std::snprintf(text, sizeof text, "sku-%012lld", static_cast<long long>(id));
    return text;
}

/// The same operations on two tables. `tail`: of the tables, so that rows lie in the order of their key on both
/// engines.
Embedded embedded(const std::string& tail)
{
    std::string tables, operations;
    for (const std::string table : {"r_pocas", "r_muchas"})
    {
        tables += "CREATE TABLE " + table +
                  " (id BIGINT NOT NULL PRIMARY KEY, sku VARCHAR(20) NOT NULL UNIQUE, precio BIGINT NOT NULL, "
                  "nota VARCHAR(20))" +
                  tail + ";\n";
        operations += "-- operation: " + table +
                      "_pagina\n-- params: limite int\n"
                      "-- order: precio = precio int, id int\n-- returns: many\n"
                      "SELECT id, sku, precio FROM " +
                      table +
                      " WHERE 1 = 1 {after} {order} LIMIT :limite\n"
                      "-- operation: " +
                      table +
                      "_pagina_ancha\n-- params: limite int\n"
                      "-- order: precio = precio int, id int\n-- returns: many\n"
                      "SELECT id, sku, precio, nota FROM " +
                      table +
                      " WHERE 1 = 1 {after} {order} LIMIT :limite\n"
                      "-- operation: " +
                      table +
                      "_por_id\n-- params: id int\n-- returns: one\n"
                      "SELECT id, sku, precio FROM " +
                      table +
                      " WHERE id = :id\n"
                      "-- operation: " +
                      table +
                      "_por_sku\n-- params: sku text\n-- returns: one\n"
                      "SELECT id, sku, precio FROM " +
                      table +
                      " WHERE sku = :sku\n"
                      "-- operation: " +
                      table +
                      "_crear\n-- params: id int, sku text, precio int\n"
                      "-- returns: affected\nINSERT INTO " +
                      table + " (id, sku, precio) VALUES (:id, :sku, :precio)\n";
    }
    return Embedded().migration("V001__t.sql", tables).operations("o.sql", operations);
}

/// One of the two tables, filled, and what is measured in it.
class Table
{
public:
    Table(const Service& service, std::string name, std::int64_t rows)
        : _service(service),
          _rows(rows),
          _last(rows),
          _page(service.operation(name + "_pagina", {"limite", "order", "after"})),
          _widePage(service.operation(name + "_pagina_ancha", {"limite", "order", "after"})),
          _read(service.operation(name + "_por_id", {"id"})),
          _find(service.operation(name + "_por_sku", {"sku"})),
          _add(service.operation(name + "_crear", {"id", "sku", "precio"}))
    {
    }

    void page() { readPage(_page); }
    void widePage() { readPage(_widePage); }
    void read()
    {
        const auto id = any(_rows) + 1;
        readRow(_read, id, id);
    }
    void find()
    {
        const auto id = any(_rows) + 1;
        const auto key = sku(id);
        readRow(_find, key, id);
    }
    void add()
    {
        const auto id = ++_last;
        check(_service.call({}, _add, {id, sku(id), any(kPrices)}).ok(), "insert");
    }

private:
    void readPage(const Operation& operation)
    {
        const Value place[] = {any(kPrices / 2), any(_rows)}; // there is always a page behind it
        int count = 0;
        const auto done =
            _service.call({}, operation, {24, "precio", Value::list(place)}, [&](const Row&) { ++count; });
        check(done.ok() && count == 24, "page");
    }
    void readRow(const Operation& operation, Value key, std::int64_t id)
    {
        std::int64_t found = -1;
        const auto done = _service.call({}, operation, {key}, [&](const Row& row) { found = row[0].integer(); });
        check(done.ok() && found == id, "key");
    }
    std::int64_t any(std::int64_t below) { return std::uniform_int_distribution<std::int64_t>(0, below - 1)(_random); }

    const Service& _service;
    const std::int64_t _rows;
    std::int64_t _last;
    Operation _page, _widePage, _read, _find, _add;
    std::mt19937_64 _random{20261128};
};

/// Microseconds a call.
double timeOf(const std::function<void()>& once)
{
    const auto begun = std::chrono::steady_clock::now();
    std::int64_t count = 0;
    for (; std::chrono::steady_clock::now() - begun < kEach; ++count) once();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - begun;
    return took.count() / static_cast<double>(count);
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

bool compare(const char* engine, const char* what, Table& small, Table& large, void (Table::*once)(),
             bool hasGoal = true)
{
    std::vector<double> smalls, larges, ratios;
    for (int round = 0; round < kRounds; ++round)
    {
        smalls.push_back(timeOf([&] { (small.*once)(); }));
        larges.push_back(timeOf([&] { (large.*once)(); }));
        ratios.push_back(larges.back() / smalls.back());
    }
    const bool isMet = !hasGoal || median(ratios) <= kGoal;
    std::printf("  %-8s %-26s %10.1f %10.1f %8.2f", engine, what, median(smalls), median(larges), median(ratios));
    if (hasGoal) std::printf("   goal <= %.1f %s", kGoal, isMet ? "PASS" : "FAIL");
    std::printf("\n");
    std::fflush(stdout);
    return isMet;
}

bool compareAll(const char* engine, const Service& service, std::int64_t rows)
{
    Table small(service, "r_pocas", kSmall);
    Table large(service, "r_muchas", rows);
    bool areMet = compare(engine, "page of 24 by its place", small, large, &Table::page);
    areMet &= compare(engine, "row by its key", small, large, &Table::read);
    areMet &= compare(engine, "new row", small, large, &Table::add);
    (void)compare(engine, "page with a look-up a row", small, large, &Table::widePage, false);
    (void)compare(engine, "row by its second key", small, large, &Table::find, false);
    return areMet;
}

/// Fills both tables; `insert` is the statement for the rows from one number to another.
void fill(std::int64_t rows, const Execute& execute,
          const std::function<std::string(std::int64_t from, std::int64_t to, const std::string& table)>& insert)
{
    const std::pair<std::string, std::int64_t> tables[] = {{"r_pocas", kSmall}, {"r_muchas", rows}};
    for (const auto& [table, count] : tables)
    {
        for (std::int64_t from = 1; from <= count; from += kAtOnce)
        {
            std::fprintf(stderr, "\r%s: %lld of %lld rows ", table.c_str(), static_cast<long long>(from - 1),
                         static_cast<long long>(count));
            execute(insert(from, std::min(from + kAtOnce - 1, count), table));
        }
        execute("CREATE INDEX " + table + "_precio ON " + table + " (precio, id, sku)");
        execute("ANALYZE TABLE " + table);
    }
    std::fprintf(stderr, "\r%60s\r", "");
}

bool benchSqlite(std::int64_t rows)
{
    Gestor gestor{Configuration{}};
    Consumer consumer(gestor, "r", embedded(" WITHOUT ROWID"));
    sqlite3* raw = nullptr;
    check(sqlite3_open((gestor.host.files().folder() + "/zoco.db").c_str(), &raw) == SQLITE_OK, "open");
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db(raw, &sqlite3_close);
    fill(
        rows,
        [&](std::string sql)
        {
            if (sql.starts_with("ANALYZE")) sql.erase(7, 6); // no TABLE there
            check(sqlite3_exec(db.get(), sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK,
                  sqlite3_errmsg(db.get()));
        },
        [](std::int64_t from, std::int64_t to, const std::string& table)
        {
            return "WITH RECURSIVE n (i) AS (SELECT " + std::to_string(from) +
                   " UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(to) + ") INSERT INTO " + table +
                   " (id, sku, precio) SELECT i, printf('sku-%012d', i), i * 7919 % 100000 FROM n";
        });
    const auto service = consumer.service();
    return compareAll("SQLite", service, rows);
}

bool benchMariaDb(std::int64_t rows)
{
    MariaDbServer server(
        {"--innodb-flush-log-at-trx-commit=1", "--innodb-buffer-pool-size=4G", "--innodb-log-file-size=1G"});
    const auto database = server.newDatabase();
    Gestor gestor{Configuration{{"url", server.socketUrl(database)}}};
    Consumer consumer(gestor, "r", embedded(""));
    fill(
        rows, [&](const std::string& sql) { (void)server.execute(sql, database); },
        [](std::int64_t from, std::int64_t to, const std::string& table)
        {
            return "INSERT INTO " + table +
                   " (id, sku, precio) SELECT seq, CONCAT('sku-', LPAD(seq, 12, '0')), seq * 7919 % 100000 FROM seq_" +
                   std::to_string(from) + "_to_" + std::to_string(to);
        });
    const auto service = consumer.service();
    return compareAll("MariaDB", service, rows);
}

} // namespace

} // namespace zoco::gestorbbdd::test

int main(int argc, char** argv)
{
    using namespace zoco::gestorbbdd::test;
    const std::int64_t rows = argc > 1 ? std::atoll(argv[1]) : 20'000'000;
    std::printf("A table of 20,000 rows and one of %lld, microseconds a call, one thread, medians\n",
                static_cast<long long>(rows));
    std::printf("  %-8s %-26s %10s %10s %8s\n", "", "", "small", "large", "ratio");
    bool areMet = benchSqlite(rows);
    areMet &= benchMariaDb(rows);
    return areMet ? 0 : 1;
}
