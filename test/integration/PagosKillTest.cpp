#include "integration/compra/Comprador.h"
#include "integration/compra/Cuadre.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "plugins/pagos/Pasarela.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <thread>

namespace pagos::test
{

using zoco::test::Compra;
using zoco::test::Comprador;
using zoco::test::Cuadre;
using zoco::test::eventually;

/// Buyers pay at a payment service that lives on, in a program of its own, while the shop is killed again and again,
/// answers are lost after their effect, and notifications come three times and out of order: each euro that was taken
/// pays one order, or goes back and that is told. ZOCO_LONG=1 kills more often.
class PagosKillTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PagosKillTest);
    CPPUNIT_TEST(testEveryEuroPaysOneOrderOrGoesBack);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

private:
    static constexpr int kBuyers = 14;  ///< of ten pieces
    static constexpr int kTogether = 5; ///< rounds between two looks at the books

    const int _rounds = std::getenv("ZOCO_LONG") != nullptr ? 200 : 5;
    zoco::test::TempFolder _folder;
    std::optional<Pasarela> _bank;
    std::optional<Pasarela> _shop;
    std::string _database;
    std::mt19937 _random{20261129};
    std::mutex _mutex;
    std::map<std::string, Compra> _compras;
    std::string _fault; ///< of a buyer
    int _kills = 0;

    int upTo(int most) { return std::uniform_int_distribution<int>(0, most)(_random); }

    Cuadre::Rows query(const std::string& sql)
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        if (isMariaDb()) return server().session(_database).rows(sql);
        sqlite3* raw = nullptr;
        const auto file = _shop->dataDir() + "/plugins/gestorbbdd/zoco.db";
        const int opened = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
        const std::shared_ptr<sqlite3> db(raw, &sqlite3_close);
        if (opened != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(raw));
        sqlite3_busy_timeout(raw, 10'000);
        Cuadre::Rows out;
        const auto take = [](void* rows, int count, char** values, char**)
        {
            auto& row = static_cast<Cuadre::Rows*>(rows)->emplace_back();
            for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
            return 0;
        };
        if (sqlite3_exec(raw, sql.c_str(), take, &out, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(raw));
        return out;
    }

    void start()
    {
        auto& server = zoco::gestorbbdd::test::MariaDbServer::shared;
        _bank.emplace();
        const auto file = _folder.path("clave");
        std::ofstream(file) << Pasarela::kKey;
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        if (isMariaDb()) _database = server().newDatabase();
        const auto bank = "http://127.0.0.1:" + std::to_string(_bank->host().port()) + "/Pagos/simulador";
        _shop.emplace(isMariaDb() ? server().socketUrl(_database) : std::string(),
                      Pasarela::Fields{{"host.listen", "127.0.0.1:" + std::to_string(Pasarela::freePort())},
                                       {"pedidos.library", ZOCO_BUILD_DIR "/plugins/pedidos.so"},
                                       {"pagos.simulador", "false"},
                                       {"pagos.redsys_url", bank},
                                       {"pagos.redsys_comercio", "999008881"},
                                       {"pagos.redsys_clave_file", file}});
    }

    std::string product(int round)
    {
        const auto body = R"({"sku":"Q)" + std::to_string(round) +
                          R"(","nombre":"Queso","precio":{"importe":1000,"moneda":"EUR"},"existencias":10})";
        const auto made = _shop->request("POST", "/Catalogo/productos", body, _shop->tokenOf("catalogo"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.body, 201, made.status);
        rapidjson::Document document;
        document.Parse(made.body.data(), made.body.size());
        return document["id"].GetString();
    }

    void buyOne(const std::string& product, unsigned seed, std::atomic<int>& steps)
    {
        try
        {
            const auto compra = Comprador(_shop->host().port(), _bank->host().port(), seed, steps).buy(product);
            const std::lock_guard lock(_mutex);
            if (!compra.pedido.empty()) _compras[compra.pedido] = compra;
        }
        catch (const std::exception& e)
        {
            const std::lock_guard lock(_mutex);
            _fault = e.what();
        }
    }

    /// Everybody buys, and the shop is killed once they have come so far as chance will have it.
    void round(int number)
    {
        const auto queso = product(number);
        _bank->switches(R"({"avisos_veces":3,"avisos_al_reves":)" + std::to_string(2 + upTo(4)) +
                        R"(,"respuestas_perdidas":)" + std::to_string(upTo(4)) + R"(,"avisos_demora_ms":)" +
                        std::to_string(upTo(60)) + "}");
        std::atomic<int> steps{0};
        std::atomic<int> done{0};
        std::vector<std::thread> buyers;
        for (int i = 0; i < kBuyers; ++i)
            buyers.emplace_back(
                [&, seed = static_cast<unsigned>(number * 100 + i)]
                {
                    buyOne(queso, seed, steps);
                    ++done;
                });
        for (int kill = upTo(1); kill >= 0; --kill)
        {
            const auto wanted = steps + 1 + upTo(50);
            (void)eventually([&] { return steps >= wanted || done == kBuyers; });
            const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(upTo(4000));
            while (std::chrono::steady_clock::now() < until) std::this_thread::yield();
            _shop->set("pagos.captura", upTo(1) == 1 ? "manual" : "automatica");
            _shop->restart();
            ++_kills;
        }
        for (auto& buyer : buyers) buyer.join();
        CPPUNIT_ASSERT_EQUAL(std::string(), _fault);
    }

    /// What the shop itself reports of money without an order, or an order without money.
    std::string reported()
    {
        const auto answer = _shop->request("GET", "/Pagos/conciliacion", {}, _shop->staff()).body;
        rapidjson::Document document;
        document.Parse(answer.data(), answer.size());
        if (document.HasParseError() || !document.IsObject()) return "no report: " + answer;
        for (const auto* section : {"cobrados_sin_pedido", "pedidos_sin_cobro", "olvidados"})
            if (!document.HasMember(section) || !document[section].Empty()) return "it reports: " + answer;
        return {};
    }

    /// What is not paid is taken back; then everything has to come to rest, and to agree.
    Cuadre::Cuenta settled()
    {
        _bank->switches(R"({"avisos_al_reves":0,"respuestas_perdidas":0,"avisos_demora_ms":0})");
        for (const auto& [id, compra] : _compras) Comprador::cancel(_shop->host().port(), compra, false);
        const zoco::test::Cuadre::Query ask = [this](const std::string& sql) { return query(sql); };
        std::string fault;
        Cuadre::Cuenta out;
        const auto agrees = [&]
        {
            const auto books = _bank->request("GET", "/Pagos/simulador/libro", {}, _bank->staff()).body;
            const Cuadre cuadre(books, ask, _compras);
            fault = cuadre.fault();
            if (fault.empty()) fault = reported();
            out = cuadre.count();
            return fault.empty();
        };
        if (!eventually(agrees, std::chrono::seconds(30))) CPPUNIT_FAIL(fault + '\n' + _shop->host().log());
        return out;
    }

    void testEveryEuroPaysOneOrderOrGoesBack()
    {
        start();
        Cuadre::Cuenta count;
        for (int i = 0; i < _rounds; ++i)
        {
            round(i);
            if (i % kTogether == kTogether - 1) count = settled();
        }
        std::printf(
            "%s: %d rounds, %d kills, %d charges, %d orders paid, %d given back whole, %d in part, %d captured later\n",
            isMariaDb() ? "MariaDB" : "SQLite", _rounds, _kills, count.charges, count.paid, count.wholeRefunds,
            count.partRefunds, count.heldLater);
        CPPUNIT_ASSERT(count.paid > 0 && count.charges > count.paid);
    }
};
ZOCO_TEST_ON_BOTH(PagosKillTest);

} // namespace pagos::test
