#include "pedidos/Mostrador.h"
#include "pedidos/Receptor.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"
#include "support/ChildProcess.h"
#include "support/Eventually.h"

#include <cppunit/extensions/HelperMacros.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

/// Webhooks of the real program, told to a real server, on both engines.
class GanchosTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(GanchosTest);
    CPPUNIT_TEST(testWhatBecomesOfAnOrderIsToldSigned);
    CPPUNIT_TEST(testOnlyTheKindsThatAreWantedAreTold);
    CPPUNIT_TEST(testWhoFailsIsToldAgain);
    CPPUNIT_TEST(testItIsToldOnceMore);
    CPPUNIT_TEST(testNothingOfThisMachineIsReached);
    CPPUNIT_TEST(testOnlyStaff);
    CPPUNIT_TEST(testWhatIsWrongIsSaid);
    CPPUNIT_TEST(testWhatIsRemovedIsToldNothing);
    CPPUNIT_TEST(testWhatWaitsEndsWithItsWebhook);
    CPPUNIT_TEST(testDeliveriesOfNobodyKeepNoOtherWaiting);
    CPPUNIT_TEST(testOneThatFailedIsLeftAlone);
    CPPUNIT_TEST(testOneThatHangsKeepsNoOtherWaiting);
    CPPUNIT_TEST(testKilledOnTheWay);
    CPPUNIT_TEST(testTheSecretLiesSealed);
    CPPUNIT_TEST(testASecretThatCannotBeOpenedIsSaid);
    CPPUNIT_TEST(testARotationLeavesASecretThatCannotBeOpened);
    CPPUNIT_TEST_SUITE_END();

public:
    void tearDown() override { _shop.reset(); }

protected:
    virtual bool isMariaDb() const { return false; }

private:
    using Text = std::string;

    void open(Comercio::Settings settings = {{"ganchos_espera_s", "1"}, {"ganchos_locales", "true"}})
    {
        if (isMariaDb()) _database = MariaDbServer::shared().newDatabase();
        _shop = std::make_unique<Comercio>(isMariaDb() ? MariaDbServer::shared().socketUrl(_database) : Text(),
                                           std::move(settings), conCobrador());
        _shop->producto("A", 1299);
    }

    /// Behind the program's back.
    void execute(const Text& sql) const { behind(*_shop, _database, sql); }
    Respuesta staff(const Text& method, const Text& path, const Text& body = {}) const
    {
        return _shop->send(method, "/Pedidos/ganchos" + path, body, _shop->sesion("t", "pedidos"));
    }
    Respuesta hook(const Text& url) const { return staff("POST", "", R"({"url":")" + url + R"("})"); }
    static Text idOf(const Respuesta& made)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.http.body, 201, made.status());
        return made.json["id"].GetString();
    }
    Encargo buy() const
    {
        Cliente buyer(*_shop);
        buyer.sumar("A");
        return encargar(buyer);
    }
    void paid(const Encargo& order) const { CPPUNIT_ASSERT_EQUAL(Text("204"), pagar(*_shop, order)); }

    /// "pendiente 503 503", newest delivery first.
    std::vector<Text> log(const Text& hook) const
    {
        const auto seen = staff("GET", '/' + hook + "/entregas");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(seen.http.body, 200, seen.status());
        std::vector<Text> out;
        for (const auto& e : seen.json["entregas"].GetArray())
        {
            auto& line = out.emplace_back(e["estado"].GetString());
            for (const auto& i : e["intentos"].GetArray())
                line += ' ' +
                        (i["estado"].IsNull() ? Text(i["detalle"].GetString()) : std::to_string(i["estado"].GetInt()));
        }
        return out;
    }
    bool eventuallyLogs(const Text& hook, const std::vector<Text>& wanted) const
    {
        return eventually([&] { return log(hook) == wanted; }, std::chrono::seconds(40));
    }

    /// As a receiver would, with another library's words.
    static Text signatureOf(const Text& secret, const Text& time, const Text& body)
    {
        const auto text = time + "." + body;
        unsigned char bytes[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), bytes, &size);
        Text out;
        char digits[3];
        for (unsigned i = 0; i < size; ++i) out += (std::snprintf(digits, sizeof digits, "%02x", bytes[i]), digits);
        return out;
    }

    void testWhatBecomesOfAnOrderIsToldSigned()
    {
        open();
        Receptor receiver;
        const auto made = hook(receiver.url());
        const auto id = idOf(made);
        const Text secret = made.json["secreto"].GetString();
        CPPUNIT_ASSERT_EQUAL(std::size_t(43), secret.size());
        const auto order = buy();
        paid(order);
        CPPUNIT_ASSERT(receiver.has(2));
        const auto cancelled = _shop->send("POST", order.path("/cancelacion"), "{}", order.line());
        CPPUNIT_ASSERT_EQUAL(200, cancelled.status());
        CPPUNIT_ASSERT(receiver.has(4));
        std::set<Text> ids;
        std::map<Text, rapidjson::Document> byState;
        for (const auto& got : receiver.all())
        {
            const auto time = got.signature.substr(2, got.signature.find(',') - 2);
            CPPUNIT_ASSERT_EQUAL("t=" + time + ",v1=" + signatureOf(secret, time, got.body), got.signature);
            CPPUNIT_ASSERT(std::abs(std::stoll(time) - static_cast<long long>(std::time(nullptr))) < 60);
            rapidjson::Document json;
            json.Parse(got.body.c_str());
            CPPUNIT_ASSERT_EQUAL(order.id, Text(json["datos"]["pedido"].GetString()));
            CPPUNIT_ASSERT(Text(json["momento"].GetString()).ends_with('Z'));
            ids.insert(got.id);
            const Text type = json["tipo"].GetString();
            byState[type == "pedidos.cambiado" ? json["datos"]["a"].GetString() : type] = std::move(json);
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), ids.size());
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), byState.size());
        CPPUNIT_ASSERT_EQUAL(Text("pendiente"), Text(byState.at("pagado")["datos"]["de"].GetString()));
        CPPUNIT_ASSERT_EQUAL(order.total, byState.at("pedidos.reembolsar")["datos"]["importe"].GetInt64());
        CPPUNIT_ASSERT(byState.contains("pendiente") && byState.contains("cancelado"));
        CPPUNIT_ASSERT(eventuallyLogs(id, {"entregada 204", "entregada 204", "entregada 204", "entregada 204"}));
    }

    void testOnlyTheKindsThatAreWantedAreTold()
    {
        open();
        const auto withKinds = [&](const Text& url, const Text& kinds)
        { return staff("POST", "", R"({"url":")" + url + R"(","tipos":)" + kinds + '}'); };
        Receptor payments, orders, all;
        const auto made = withKinds(payments.url(), R"(["pagos.cambiado"])");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(made.http.body, 1u, made.json["tipos"].Size());
        idOf(withKinds(orders.url(), R"(["pedidos.reembolsar","pedidos.cambiado"])"));
        const auto whole = idOf(withKinds(all.url(), "null"));
        const auto order = buy();
        CPPUNIT_ASSERT(all.has(1)); // and so has the other one, which was announced with it
        const auto told = _shop->send("POST", "/Cobrador/" + order.id + "/pago?estado=capturado");
        CPPUNIT_ASSERT_EQUAL(202, told.status());
        CPPUNIT_ASSERT(all.has(2) && payments.has(1) && orders.has(1));
        paid(order);
        CPPUNIT_ASSERT(all.has(3) && orders.has(2));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), payments.all().size());
        rapidjson::Document json;
        json.Parse(payments.all().front().body.c_str());
        CPPUNIT_ASSERT_EQUAL(Text("pagos.cambiado"), Text(json["tipo"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("pago-1"), Text(json["datos"]["pago"].GetString()));
        CPPUNIT_ASSERT_EQUAL(order.id, Text(json["datos"]["pedido"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("capturado"), Text(json["datos"]["estado"].GetString()));
        CPPUNIT_ASSERT(staff("GET", "/" + whole).json["tipos"].IsNull());
        CPPUNIT_ASSERT_EQUAL(2u, staff("GET", "").json["ganchos"][1]["tipos"].Size());
        for (const auto* bad :
             {"[]", R"(["otro"])", R"("pagos.cambiado")", "[1]", R"(["pagos.cambiado","pagos.cambiado"])"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(bad, Text("422 datos-invalidos"),
                                         withKinds("https://example.org/x", bad).outcome());
    }

    void testWhoFailsIsToldAgain()
    {
        open();
        Receptor receiver([](std::size_t n) { return n < 2 ? 503 : 200; });
        const auto id = idOf(hook(receiver.url()));
        (void)buy();
        CPPUNIT_ASSERT(receiver.has(3));
        CPPUNIT_ASSERT(eventuallyLogs(id, {"entregada 503 503 200"}));
        const auto all = receiver.all();
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), all.size());
        CPPUNIT_ASSERT(all[0].body == all[1].body && all[1].body == all[2].body);
        const auto tries = staff("GET", '/' + id + "/entregas");
        const auto& deliveries = tries.json["entregas"];
        CPPUNIT_ASSERT(deliveries[0]["proximo"].IsNull());
        CPPUNIT_ASSERT_EQUAL(all[0].id, Text(deliveries[0]["cuerpo"]["id"].GetString()));
    }

    void testItIsToldOnceMore()
    {
        open();
        Receptor receiver;
        const auto id = idOf(hook(receiver.url()));
        (void)buy();
        CPPUNIT_ASSERT(receiver.has(1));
        CPPUNIT_ASSERT(eventuallyLogs(id, {"entregada 204"}));
        const auto event = receiver.all().front().id;
        const auto again = staff("POST", '/' + id + "/entregas/" + event + "/repeticion");
        CPPUNIT_ASSERT_EQUAL_MESSAGE(again.http.body, 202, again.status());
        CPPUNIT_ASSERT_EQUAL(Text("pendiente"), Text(again.json["estado"].GetString()));
        CPPUNIT_ASSERT(receiver.has(2));
        CPPUNIT_ASSERT_EQUAL(event, receiver.all().back().id);
        CPPUNIT_ASSERT(eventuallyLogs(id, {"entregada 204 204"}));
        CPPUNIT_ASSERT_EQUAL(Text("404 entrega-desconocida"),
                             staff("POST", '/' + id + "/entregas/" + Text(22, 'A') + "/repeticion").outcome());
    }

    /// Neither by its number nor by a name that leads to it, whatever the setting of tests allows.
    void testNothingOfThisMachineIsReached()
    {
        open();
        Receptor receiver;
        const auto port = std::to_string(receiver.port());
        const auto number = idOf(hook("https://127.0.0.1:" + port + "/avisos"));
        const auto name = idOf(hook("https://localhost:" + port + "/avisos"));
        const auto metadata = idOf(hook("https://169.254.169.254/latest/meta-data"));
        (void)buy();
        for (const auto& id : {number, name, metadata})
        {
            const auto isTried = [&]
            {
                const auto seen = log(id);
                return !seen.empty() && seen.front().starts_with("pendiente destino-no-permitido");
            };
            CPPUNIT_ASSERT(eventually(isTried));
        }
        CPPUNIT_ASSERT_EQUAL(0, receiver.served());
    }

    void testOnlyStaff()
    {
        open();
        const auto id = idOf(hook("https://example.org/x"));
        const std::pair<const char*, Text> all[] = {{"POST", ""},
                                                    {"GET", ""},
                                                    {"GET", "/" + id},
                                                    {"DELETE", "/" + id},
                                                    {"GET", "/" + id + "/entregas"},
                                                    {"POST", "/" + id + "/entregas/x/repeticion"}};
        for (const auto& [method, path] : all)
        {
            CPPUNIT_ASSERT_EQUAL(401, _shop->send(method, "/Pedidos/ganchos" + path).status());
            CPPUNIT_ASSERT_EQUAL(403,
                                 _shop->send(method, "/Pedidos/ganchos" + path, "", _shop->sesion("ana")).status());
        }
    }

    void testWhatIsWrongIsSaid()
    {
        open({});
        for (const auto* url : {"http://127.0.0.1/x", "http://example.org/x", "ftp://example.org", "https://a@b.org/"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(url, Text("422 datos-invalidos"), hook(url).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("422 datos-invalidos"), hook("https://example.org/" + Text(400, 'x')).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("422 datos-invalidos"), staff("POST", "", R"({"otra":1})").outcome());
        CPPUNIT_ASSERT_EQUAL(Text("404 gancho-desconocido"), staff("GET", "/" + Text(22, 'A')).outcome());
        CPPUNIT_ASSERT_EQUAL(Text("404 gancho-desconocido"), staff("DELETE", "/" + Text(22, 'A')).outcome());
        const auto id = idOf(hook("https://example.org/x"));
        const auto seen = staff("GET", "/" + id);
        CPPUNIT_ASSERT_EQUAL(Text("https://example.org/x"), Text(seen.json["url"].GetString()));
        CPPUNIT_ASSERT_EQUAL(Text("t"), Text(seen.json["creador"].GetString()));
        CPPUNIT_ASSERT(!seen.json.HasMember("secreto")); // it is told once
        CPPUNIT_ASSERT_EQUAL(1u, staff("GET", "").json["ganchos"].Size());
        CPPUNIT_ASSERT_EQUAL(Text("422 datos-invalidos"), staff("GET", "/" + id + "/entregas?cursor=x").outcome());
    }

    void testWhatIsRemovedIsToldNothing()
    {
        open();
        Receptor gone;
        Receptor other;
        const auto id = idOf(hook(gone.url()));
        idOf(hook(other.url()));
        CPPUNIT_ASSERT_EQUAL(204, staff("DELETE", "/" + id).status());
        (void)buy();
        CPPUNIT_ASSERT(other.has(1));
        CPPUNIT_ASSERT_EQUAL(std::size_t(0), gone.all().size());
    }

    /// How often an operation of the database was called.
    std::int64_t callsOf(const Text& operation) const
    {
        const auto seen = _shop->send("GET", "/GestorBBDD/operaciones", {}, _shop->sesion("op", "operador"));
        CPPUNIT_ASSERT_EQUAL_MESSAGE(seen.http.body, 200, seen.status());
        std::int64_t out = -1;
        for (const auto& o : seen.json["operaciones"].GetArray())
            if (operation == o["operacion"].GetString()) out = o["llamadas"].GetInt64();
        CPPUNIT_ASSERT_MESSAGE(operation, out >= 0);
        return out;
    }

    /// Nothing is left to be done for it: the round asks no more often than it always does.
    void testWhatWaitsEndsWithItsWebhook()
    {
        open();
        Receptor refusing([](std::size_t) { return 503; });
        Receptor other([](std::size_t n) { return n < 2 ? 503 : 204; });
        const auto id = idOf(hook(refusing.url()));
        (void)buy();
        CPPUNIT_ASSERT(eventually([&] { return !log(id).empty() && log(id).front().starts_with("pendiente 503"); }));
        CPPUNIT_ASSERT_EQUAL(204, staff("DELETE", "/" + id).status());
        const auto told = refusing.all().size();
        const auto before = callsOf("pedidos.ganchos_con_entregas");
        const auto stays = idOf(hook(other.url()));
        (void)buy();
        CPPUNIT_ASSERT(other.has(3)); // three seconds later, at least: the next try of the one that is gone was due
        CPPUNIT_ASSERT(eventuallyLogs(stays, {"entregada 503 503 204"}));
        CPPUNIT_ASSERT(refusing.all().size() <= told + 1); // one may have been on its way
        const auto rounds = callsOf("pedidos.ganchos_con_entregas") - before;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(rounds), rounds < 200);
        CPPUNIT_ASSERT_EQUAL(Text("404 gancho-desconocido"), staff("GET", "/" + id + "/entregas").outcome());
    }

    /// As they may be left when a webhook is removed while an event is announced.
    void testDeliveriesOfNobodyKeepNoOtherWaiting()
    {
        constexpr int kMoreThanARoundReads = 150;
        open();
        Text rows;
        for (int i = 0; i < kMoreThanARoundReads; ++i)
            rows += Text(i == 0 ? "" : ",") + "('nadie" + std::to_string(i) +
                    "','e','pedidos.cambiado',1,'{}','pendiente',0,1,9000000000000000)";
        execute("INSERT INTO pedidos_gancho_entregas "
                "(gancho, id, tipo, momento, cuerpo, estado, intentos, proximo, hasta) VALUES " +
                rows);
        Receptor receiver;
        idOf(hook(receiver.url()));
        const auto before = callsOf("pedidos.ganchos_con_entregas");
        for (int i = 0; i < 3; ++i) (void)buy();
        CPPUNIT_ASSERT(receiver.has(3));
        const auto rounds = callsOf("pedidos.ganchos_con_entregas") - before;
        CPPUNIT_ASSERT_MESSAGE(std::to_string(rounds), rounds < 200);
    }

    void testOneThatFailedIsLeftAlone()
    {
        open({{"ganchos_espera_s", "3600"}, {"ganchos_locales", "true"}}); // five minutes, for its other events
        Receptor failing([](std::size_t) { return 503; });
        Receptor receiver;
        const auto id = idOf(hook(failing.url()));
        idOf(hook(receiver.url()));
        (void)buy();
        CPPUNIT_ASSERT(eventuallyLogs(id, {"pendiente 503"}));
        for (int i = 0; i < 2; ++i) (void)buy();
        CPPUNIT_ASSERT(receiver.has(3));
        CPPUNIT_ASSERT(log(id) == (std::vector<Text>{"pendiente", "pendiente", "pendiente 503"}));
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), failing.all().size());
    }

    void testOneThatHangsKeepsNoOtherWaiting()
    {
        open();
        SmallServer hanging([](SmallServer::Peer& peer) { peer.awaitEnd(); });
        Receptor receiver;
        const auto stuck = idOf(hook("http://127.0.0.1:" + std::to_string(hanging.port()) + "/"));
        idOf(hook(receiver.url()));
        for (int i = 0; i < 3; ++i) (void)buy();
        CPPUNIT_ASSERT(eventually([&] { return receiver.all().size() == 3; }, std::chrono::seconds(9)));
        CPPUNIT_ASSERT_EQUAL(3u, staff("GET", "/" + stuck + "/entregas").json["entregas"].Size());
    }

    void testKilledOnTheWay()
    {
        constexpr int kRounds = 3;
        open();
        Receptor receiver([](std::size_t n) { return n % 3 == 0 ? 0 : 204; }); // some answers are lost
        idOf(hook(receiver.url()));
        std::set<Text> orders;
        for (int round = 0; round < kRounds; ++round)
        {
            for (int i = 0; i < 3; ++i)
            {
                const auto order = buy();
                paid(order);
                orders.insert(order.id);
            }
            _shop->host().kill();
            _shop->restart();
        }
        std::map<Text, Text> events; // by id
        const auto isAllThere = [&]
        {
            std::map<Text, int> paid;
            events.clear();
            for (const auto& got : receiver.all())
            {
                const auto [at, isNew] = events.emplace(got.id, got.body);
                CPPUNIT_ASSERT_EQUAL(at->second, got.body);
                rapidjson::Document json;
                json.Parse(got.body.c_str());
                if (isNew && Text(json["datos"]["a"].GetString()) == "pagado")
                    ++paid[json["datos"]["pedido"].GetString()];
            }
            for (const auto& [order, count] : paid) CPPUNIT_ASSERT_EQUAL(1, count);
            return paid.size() == orders.size();
        };
        CPPUNIT_ASSERT(eventually(isAllThere, std::chrono::seconds(60)));
    }

    void testTheSecretLiesSealed()
    {
        open();
        const auto made = hook("https://example.org/x");
        const Text secret = made.json["secreto"].GetString();
        if (isMariaDb()) MariaDbServer::shared().execute("FLUSH TABLES");
        const auto folder = isMariaDb() ? MariaDbServer::shared().dataFolder() : _shop->host().dataDir();
        CPPUNIT_ASSERT(_shop->host().stop());
        int files = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        {
            if (!entry.is_regular_file()) continue;
            ++files;
            std::ifstream in(entry.path(), std::ios::binary);
            const Text text{std::istreambuf_iterator<char>(in), {}};
            CPPUNIT_ASSERT_MESSAGE(entry.path(), text.find(secret) == Text::npos);
        }
        CPPUNIT_ASSERT(files > 0);
    }

    /// And it keeps no other waiting.
    void testASecretThatCannotBeOpenedIsSaid()
    {
        open();
        Receptor receiver;
        const auto broken = idOf(hook("http://127.0.0.1:1/"));
        idOf(hook(receiver.url()));
        execute("UPDATE pedidos_ganchos SET secreto = 'x' WHERE id = '" + broken + "'");
        (void)buy();
        CPPUNIT_ASSERT(receiver.has(1));
        CPPUNIT_ASSERT(
            eventually([&] { return log(broken).front().starts_with("pendiente sin-secreto sin-secreto"); }));
    }

    /// `zoco keys ...` on it.
    void keys(std::vector<Text> words) const
    {
        const auto data = _shop->host().dataDir();
        words.insert(words.begin(), {HostProcess::binary(), "-D", "data.dir=" + data, "keys"});
        const auto done = runProcess(words, {{}, data});
        CPPUNIT_ASSERT_EQUAL_MESSAGE(done.out + done.error, 0, done.status.code);
    }

    void testARotationLeavesASecretThatCannotBeOpened()
    {
        open();
        Receptor receiver;
        const auto broken = idOf(hook("https://example.org/x"));
        const auto good = hook(receiver.url());
        execute("UPDATE pedidos_ganchos SET secreto = 'x' WHERE id = '" + broken + "'");
        std::ifstream in(_shop->host().dataDir() + "/keys");
        const Text file{std::istreambuf_iterator<char>(in), {}};
        const auto old = file.substr(file.find("\nkey ") + 5, 8);
        keys({"rotate"});
        const auto isSaid = [&]
        {
            const auto told = _shop->host().log();
            return told.find("the secret of a webhook cannot be opened") != Text::npos &&
                   told.find(broken) != Text::npos;
        };
        CPPUNIT_ASSERT(eventually(isSaid));
        keys({"retire", old}); // what can be opened is under the new one
        _shop->restart();
        (void)buy();
        CPPUNIT_ASSERT(receiver.has(1));
        const auto got = receiver.all().front();
        const auto time = got.signature.substr(2, got.signature.find(',') - 2);
        CPPUNIT_ASSERT_EQUAL("t=" + time + ",v1=" + signatureOf(good.json["secreto"].GetString(), time, got.body),
                             got.signature);
    }

    std::unique_ptr<Comercio> _shop;
    Text _database; ///< its name, on MariaDB
};

ZOCO_TEST_ON_BOTH(GanchosTest);
