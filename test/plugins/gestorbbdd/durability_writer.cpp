#include "Support.h"

#include <cstdlib>
#include <iostream>
#include <unistd.h>

namespace zoco::gestorbbdd::test
{

namespace
{

constexpr int kThreads = 6;
constexpr int kLines = 3;

Embedded embedded()
{
    return Embedded()
        .migration("V001__t.sql", "CREATE TABLE p_pedidos (id BIGINT PRIMARY KEY);\n"
                                  "CREATE TABLE p_lineas (pedido BIGINT NOT NULL REFERENCES p_pedidos (id), n INT)")
        .operations("o.sql", "-- operation: pedido\n-- params: id int\n-- returns: affected\n"
                             "INSERT INTO p_pedidos VALUES (:id);\n"
                             "-- operation: linea\n-- params: id int, n int\n-- returns: affected\n"
                             "INSERT INTO p_lineas VALUES (:id, :n)");
}

/// Orders with their lines, one group each; an order's number goes to standard output once it is acknowledged.
void writeOrders(Service service, Operation pedido, Operation linea, std::int64_t first)
{
    for (std::int64_t id = first;; id += kThreads)
    {
        Group group(service);
        group.add(pedido, {id}, 1);
        for (int n = 0; n < kLines; ++n) group.add(linea, {id, n}, 1);
        if (const auto result = group.run({}); !result.ok())
        {
            std::cerr << "an order was refused: " << result.problem().code << std::endl;
            std::abort();
        }
        const auto line = std::to_string(id) + "\n";
        if (::write(STDOUT_FILENO, line.data(), line.size()) != static_cast<::ssize_t>(line.size())) std::abort();
    }
}

} // namespace

} // namespace zoco::gestorbbdd::test

/// Writes orders into the database file given, from the number given on, until it is killed.
int main(int argc, char** argv)
{
    using namespace zoco::gestorbbdd::test;
    if (argc != 3) return 2;
    Gestor gestor(Configuration{{"url", std::string("sqlite:") + argv[1]},
                                {"wait_ms", "60000"}, // a disk that is busy with other tests is not what is tested
                                {"timeout_ms", "600000"}});
    Consumer consumer(gestor, "p", embedded());
    auto service = consumer.service();
    const auto pedido = service.operation("pedido", {"id"});
    const auto linea = service.operation("linea", {"id", "n"});
    std::vector<std::thread> threads;
    for (int t = 0; t < kThreads; ++t)
        threads.emplace_back(writeOrders, service, pedido, linea, std::atoll(argv[2]) + t);
    for (auto& thread : threads) thread.join();
    return 0;
}
