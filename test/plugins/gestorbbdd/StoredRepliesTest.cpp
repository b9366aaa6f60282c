#include "zoco/StoredReplies.h"
#include "zoco/testing/FakeCrypto.h"

#include "Support.h"
#include "TestEngine.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <thread>
#include <vector>

namespace zoco::gestorbbdd::test
{

/// Answers that are stored with the change they tell of.
class StoredRepliesTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(StoredRepliesTest);
    CPPUNIT_TEST(testReplyIsStoredWithItsGroup);
    CPPUNIT_TEST(testGroupThatFailsStoresNothing);
    CPPUNIT_TEST(testTakenKeyUndoesTheGroup);
    CPPUNIT_TEST(testKeyIsOneForEachRouteAndAsker);
    CPPUNIT_TEST(testOfManyGroupsWithOneKeyOneHappens);
    CPPUNIT_TEST(testOnlyTheHostReads);
    CPPUNIT_TEST(testOldRepliesGo);
    CPPUNIT_TEST_SUITE_END();

    static Embedded tienda()
    {
        return Embedded()
            .migration("V001__t.sql", "CREATE TABLE tienda_cosas (id INT NOT NULL PRIMARY KEY)")
            .operations("o.sql", "-- operation: crear\n-- params: id int\n-- returns: affected\n"
                                 "INSERT INTO tienda_cosas VALUES (:id);\n"
                                 "-- operation: contar\n-- returns: one\nSELECT COUNT(*) AS n FROM tienda_cosas;\n");
    }

    /// A request with a key.
    struct Asked
    {
        explicit Asked(std::string_view key, std::string_view route = "POST /Cosas", std::string_view subject = {})
            : known{sizeof known, str(key), str(route), str(subject), {"\0huella", 7}}
        {
            raw.struct_size = sizeof raw;
            raw.idempotency = &known;
        }
        zoco_idempotency known;
        zoco_request raw{};
    };

    struct Setup
    {
        explicit Setup(const StoredRepliesTest& test)
            : gestor(test.onEngine()),
              tiendaPlugin(gestor, "tienda", tienda()),
              hostItself(gestor, "host", {}),
              shop(tiendaPlugin.service()),
              host(hostItself.service()),
              crear(shop.operation("crear", {"id"})),
              contar(shop.operation("contar")),
              leer(host.operation("gestorbbdd.respuesta_leer", {"plugin", "ruta", "quien", "clave"})),
              replies(shop, crypto)
        {
        }
        zoco_status create(std::int64_t id, const Asked& asked, std::int32_t expected = 1) const
        {
            auto reply = Reply::json("{\"id\":" + std::to_string(id) + "}", 201)
                             .header("Location", "/Cosas/" + std::to_string(id))
                             .header("Set-Cookie", "a=b");
            Group group(shop);
            group.add(crear, {id}, expected);
            replies.add(group, Request(asked.raw), reply);
            const auto result = group.run({});
            return result.ok() ? zoco_status{ZOCO_OK} : result.problem().code;
        }
        std::int64_t things() const
        {
            std::int64_t out = -1;
            CPPUNIT_ASSERT(shop.call({}, contar, {}, [&](const Row& row) { row.read(out); }).ok());
            return out;
        }
        std::string stored(const Asked& asked) const
        {
            std::string out;
            const auto read = [&](const Row& row)
            {
                std::string fingerprint, headers, body;
                std::int64_t status = 0;
                row.read(fingerprint, status, headers, body);
                CPPUNIT_ASSERT_EQUAL(std::string("\0huella", 7), fingerprint);
                CPPUNIT_ASSERT_EQUAL(std::string(detail::kSealedAnswer), headers);
                CPPUNIT_ASSERT(body.find("id") == std::string::npos);
                const auto& known = asked.known;
                const auto context =
                    detail::answerContext(view(known.route), view(known.subject), view(known.key), fingerprint);
                CPPUNIT_ASSERT(detail::splitAnswer(crypto.open(body, context).value(), headers, body));
                out = std::to_string(status) + '\n' + headers + body;
            };
            CPPUNIT_ASSERT(
                host.call({}, leer,
                          {"tienda", view(asked.known.route), view(asked.known.subject), view(asked.known.key)}, read)
                    .ok());
            return out;
        }

        Gestor gestor;
        Consumer tiendaPlugin, hostItself;
        Service shop, host;
        Operation crear, contar, leer;
        zoco::testing::FakeCrypto fake;
        Crypto crypto{fake.raw(), Log(nullptr)};
        StoredReplies replies;
    };

public:
    void testReplyIsStoredWithItsGroup()
    {
        const Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.create(7, Asked("k1")));
        CPPUNIT_ASSERT_EQUAL(std::string("201\nContent-Type: application/json\nLocation: /Cosas/7\n{\"id\":7}"),
                             s.stored(Asked("k1")));
        CPPUNIT_ASSERT_EQUAL(std::string(), s.stored(Asked("K1")));
        CPPUNIT_ASSERT_EQUAL(std::string(), s.stored(Asked("k1 ")));
    }

    void testGroupThatFailsStoresNothing()
    {
        const Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_GUARD}, s.create(7, Asked("k1"), 2));
        CPPUNIT_ASSERT_EQUAL(std::string(), s.stored(Asked("k1")));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.create(7, Asked("k1")));
    }

    void testTakenKeyUndoesTheGroup()
    {
        const Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.create(7, Asked("k1")));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_DUPLICATE}, s.create(8, Asked("k1")));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.things());
        CPPUNIT_ASSERT(s.stored(Asked("k1")).ends_with("{\"id\":7}"));
    }

    void testKeyIsOneForEachRouteAndAsker()
    {
        const Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.create(1, Asked("k")));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.create(2, Asked("k", "PUT /Cosas")));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.create(3, Asked("k", "POST /Cosas", "ana")));
        CPPUNIT_ASSERT(s.stored(Asked("k", "POST /Cosas", "ana")).ends_with("{\"id\":3}"));
    }

    void testOfManyGroupsWithOneKeyOneHappens()
    {
        const Setup s(*this);
        const Asked asked("k");
        std::atomic<int> done{0};
        std::atomic<int> duplicate{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i)
            threads.emplace_back(
                [&, i]
                {
                    const auto status = s.create(i, asked);
                    done += status == ZOCO_OK ? 1 : 0;
                    duplicate += status == ZOCO_E_DUPLICATE ? 1 : 0;
                });
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(1, done.load());
        CPPUNIT_ASSERT_EQUAL(7, duplicate.load());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.things());
    }

    void testOnlyTheHostReads()
    {
        const Setup s(*this);
        CPPUNIT_ASSERT_THROW(s.shop.operation("gestorbbdd.respuesta_leer", {"plugin", "ruta", "quien", "clave"}),
                             ProblemException);
        CPPUNIT_ASSERT_THROW(s.shop.operation("gestorbbdd.respuesta_borrar", {"antes", "limite"}), ProblemException);
    }

    void testOldRepliesGo()
    {
        const Setup s(*this);
        for (int i = 0; i < 3; ++i) s.create(i, Asked("k" + std::to_string(i)));
        const auto remove = s.host.operation("gestorbbdd.respuesta_borrar", {"antes", "limite"});
        const auto now =
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
        const auto removed = [&](std::int64_t before, int limit) {
            return s.host.call({}, remove, {Value::time(before), limit}).value();
        };
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, removed(now - 3'600'000'000, 10));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, removed(now + 1, 2));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, removed(now + 1, 2));
    }
};

ZOCO_TEST_ON_BOTH(StoredRepliesTest);

} // namespace zoco::gestorbbdd::test
