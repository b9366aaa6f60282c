#include "Support.h"
#include "TestEngine.h"
#include "zoco/Outbox.h"
#include "zoco/testing/FakeCrypto.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::gestorbbdd::test
{

/// The operations of the plugin itself, by which events become durable.
class EventTablesTest : public EngineTest
{
    CPPUNIT_TEST_SUITE(EventTablesTest);
    CPPUNIT_TEST(testEventComesWithItsGroupOrNotAtAll);
    CPPUNIT_TEST(testPublisherIsWhoCalls);
    CPPUNIT_TEST(testWhatCouldNotBeDeliveredIsNotWritten);
    CPPUNIT_TEST(testFieldsComeBackAsTheyWere);
    CPPUNIT_TEST(testOnlyTheHostReads);
    CPPUNIT_TEST(testNumbersAreDense);
    CPPUNIT_TEST(testNewReaderBeginsWhenItSubscribed);
    CPPUNIT_TEST(testOneNodeHasTheLease);
    CPPUNIT_TEST(testLostLeaseCountsAsATry);
    CPPUNIT_TEST(testReadEventsGoWhenOld);
    CPPUNIT_TEST_SUITE_END();

    static Embedded tienda()
    {
        return Embedded()
            .migration("V001__t.sql", "CREATE TABLE tienda_cosas (id INT NOT NULL PRIMARY KEY)")
            .operations("o.sql", "-- operation: crear\n-- params: id int\n-- returns: affected\n"
                                 "INSERT INTO tienda_cosas VALUES (:id);\n");
    }

    struct Setup
    {
        explicit Setup(const EventTablesTest& test)
            : gestor(test.onEngine()),
              tiendaPlugin(gestor, "tienda", tienda()),
              hostItself(gestor, "host", {}),
              shop(tiendaPlugin.service()),
              host(hostItself.service())
        {
            crear = shop.operation("crear", {"id"});
            publicar = shop.operation("gestorbbdd.publicar", {"tema", "momento", "datos"});
            leer = host.operation("gestorbbdd.evento_leer", {"tema", "desde", "limite"});
        }
        zoco_status publish(std::int64_t id, std::int32_t expected = 1)
        {
            Group group(shop);
            group.add(publicar, {"tienda.creada", Value::time(1000 + id), Value::blob("x")});
            group.add(crear, {id}, expected);
            const auto result = group.run({});
            return result.ok() ? zoco_status{ZOCO_OK} : result.problem().code;
        }
        /// As the relay does.
        void number()
        {
            std::vector<Value> ids;
            std::int64_t before = -1;
            CPPUNIT_ASSERT(host.call({}, host.operation("gestorbbdd.evento_mirar", {"limite"}), {100},
                                     [&](const Row& row)
                                     {
                                         before = row[0].integer();
                                         if (!row[1].isNull()) ids.emplace_back(row[1].integer());
                                     })
                               .ok());
            if (ids.empty()) return;
            const auto size = static_cast<std::int32_t>(ids.size());
            Group group(host);
            group.add(host.operation("gestorbbdd.contador_avanzar", {"antes", "cuantos"}), {before, size}, 1);
            const auto number = host.operation("gestorbbdd.evento_numerar", {"id", "numero"});
            for (const auto& id : ids) group.add(number, {id, ++before}, 1);
            CPPUNIT_ASSERT(group.run({}).ok());
        }
        std::string read(std::int64_t from = 0)
        {
            std::string out;
            CPPUNIT_ASSERT(host.call({}, leer, {"tienda.creada", from, 100},
                                     [&](const Row& row)
                                     { out += std::to_string(row[0].integer()) + std::string(row[1].text()) + ' '; })
                               .ok());
            return out;
        }
        std::int64_t change(const char* name, std::initializer_list<std::string_view> params,
                            std::initializer_list<Value> values)
        {
            const auto result = host.call({}, host.operation(std::string("gestorbbdd.") + name, params), values);
            CPPUNIT_ASSERT_MESSAGE(name, result.ok());
            return *result;
        }
        std::int64_t lease(const char* owner, const char* run, std::int64_t now, std::int64_t us = 60'000'000)
        {
            return change("lector_tomar", {"plugin", "tema", "nodo", "dueno", "arranque", "ahora", "plazo"},
                          {"p", "tienda.creada", "", owner, run, Value::time(now), us});
        }
        void open(std::int64_t sinceUs = 1'000'000'000'000'000'000)
        {
            change("lector_abrir", {"plugin", "tema", "nodo", "desde", "ahora"},
                   {"p", "tienda.creada", "", Value::time(sinceUs), Value::time(1)});
        }
        std::pair<std::int64_t, std::int64_t> reader()
        {
            std::pair<std::int64_t, std::int64_t> out;
            CPPUNIT_ASSERT(host.call({}, host.operation("gestorbbdd.lector", {"plugin", "tema", "nodo"}),
                                     {"p", "tienda.creada", ""},
                                     [&](const Row& row) {
                                         out = {row[0].integer(), row[1].integer()};
                                     })
                               .ok());
            return out;
        }

        Gestor gestor;
        Consumer tiendaPlugin, hostItself;
        Service shop, host;
        Operation crear, publicar, leer;
    };

public:
    void testEventComesWithItsGroupOrNotAtAll()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.publish(1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_DUPLICATE}, s.publish(1));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_GUARD}, s.publish(2, 5));
        s.number();
        CPPUNIT_ASSERT_EQUAL(std::string("1tienda "), s.read());
    }

    void testPublisherIsWhoCalls()
    {
        Setup s(*this);
        Consumer other(s.gestor, "otra", {});
        const auto publish = other.service().operation("gestorbbdd.publicar", {"tema", "momento", "datos"});
        CPPUNIT_ASSERT(other.service().call({}, publish, {"tienda.creada", Value::time(1), Value::blob("")}).ok());
        s.number();
        CPPUNIT_ASSERT_EQUAL(std::string("1otra "), s.read());
    }

    void testNewReaderBeginsWhenItSubscribed()
    {
        const std::pair<std::int64_t, std::int64_t> kTimes[] = {{1002, 1}, {0, 0}, {1003, 2}, {1004, 3}, {1005, 3}};
        for (const auto& [since, position] : kTimes)
        {
            Setup s(*this);
            s.open(1); // nothing is there: it gets all
            CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.reader().first);
            s.change("lector_olvidar", {"plugin"}, {"p"});
            for (int id = 1; id <= 3; ++id) CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, s.publish(id));
            s.number();
            s.open(since);
            CPPUNIT_ASSERT_EQUAL(position, s.reader().first);
            s.open(0); // known already
            CPPUNIT_ASSERT_EQUAL(position, s.reader().first);
        }
    }

    void testWhatCouldNotBeDeliveredIsNotWritten()
    {
        Setup s(*this);
        zoco::testing::FakeCrypto fake;
        const Crypto crypto(fake.raw(), Log(nullptr));
        const Outbox outbox(s.shop, crypto);
        Group group(s.shop);
        const std::vector<Value> many(3000, Value(1));
        const std::string large(70'000, 'x');
        CPPUNIT_ASSERT_THROW(outbox.add(group, "a.b", {{"n", Value::list(many)}}), ProblemException);
        CPPUNIT_ASSERT_THROW(outbox.add(group, "a.b", {{"n", large}}), ProblemException);
        CPPUNIT_ASSERT_THROW(outbox.add(group, "A b", {}), ProblemException);
        CPPUNIT_ASSERT_THROW(outbox.add(group, "a.b", {{"n", Value::ref(0, "id")}}), ProblemException);
        CPPUNIT_ASSERT(group.empty());
    }

    void testFieldsComeBackAsTheyWere()
    {
        const std::vector<Value> list{1, "dos", Value()};
        const NamedValue fields[] = {{"t", "texto"}, {"n", -5}, {"r", 2.5}, {"s", true}, {"l", Value::list(list)}};
        const auto bytes = detail::FieldWriter::write(fields);
        detail::FieldReader reader;
        for (std::size_t size = 0; size < bytes.size(); ++size)
            CPPUNIT_ASSERT(!reader.read(std::string_view(bytes).substr(0, size)));
        CPPUNIT_ASSERT(!reader.read(bytes + "x"));
        CPPUNIT_ASSERT(reader.read(bytes));
        CPPUNIT_ASSERT_EQUAL(std::size_t{5}, reader.fields.size());
        CPPUNIT_ASSERT_EQUAL(std::string_view("texto"), Value(reader.fields[0].value).text());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{-5}, Value(reader.fields[1].value).integer());
        CPPUNIT_ASSERT_EQUAL(2.5, Value(reader.fields[2].value).real());
        CPPUNIT_ASSERT(Value(reader.fields[3].value).boolean());
        const auto& kept = reader.fields[4].value;
        CPPUNIT_ASSERT_EQUAL(3u, kept.aux);
        CPPUNIT_ASSERT_EQUAL(std::string_view("dos"), Value(kept.as.list[1]).text());
        CPPUNIT_ASSERT(Value(kept.as.list[2]).isNull());
    }

    void testOnlyTheHostReads()
    {
        Setup s(*this);
        CPPUNIT_ASSERT_THROW(s.shop.operation("gestorbbdd.evento_leer", {"tema", "desde", "limite"}), ProblemException);
        CPPUNIT_ASSERT_THROW(s.shop.operation("gestorbbdd.lectores"), ProblemException);
        const auto refusal = refusalOf(s.gestor, "t", Embedded().operations("o.sql", R"sql(
-- operation: o
-- returns: many
SELECT numero FROM gestorbbdd_eventos
)sql"));
        CPPUNIT_ASSERT(refusal.find("is not the plugin's own") != std::string::npos);
    }

    void testNumbersAreDense()
    {
        Setup s(*this);
        for (int i = 1; i <= 3; ++i) s.publish(i);
        s.publish(3);
        s.number();
        for (int i = 4; i <= 5; ++i) s.publish(i);
        s.number();
        CPPUNIT_ASSERT_EQUAL(std::string("1tienda 2tienda 3tienda 4tienda 5tienda "), s.read());
        CPPUNIT_ASSERT_EQUAL(std::string("5tienda "), s.read(4));
    }

    void testOneNodeHasTheLease()
    {
        Setup s(*this);
        s.open();
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.lease("a", "a1", 100));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, s.lease("b", "b1", 200));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.lease("a", "a1", 300));
        const auto save = [&](const char* run, std::int64_t position)
        {
            return s.change("lector_guardar", {"plugin", "tema", "nodo", "arranque", "posicion"},
                            {"p", "tienda.creada", "", run, position});
        };
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, save("b1", 7));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, save("a1", 7));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, save("a1", 6));
        s.change("lector_soltar", {"plugin", "tema", "nodo", "arranque"}, {"p", "tienda.creada", "", "a1"});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.lease("b", "b1", 400));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{0}, save("a1", 9));
        CPPUNIT_ASSERT(std::pair(std::int64_t{7}, std::int64_t{0}) == s.reader());
    }

    void testLostLeaseCountsAsATry()
    {
        Setup s(*this);
        s.open();
        s.lease("a", "a1", 100, -1); // over at once, by the server's clock too
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.lease("b", "b1", 200));
        CPPUNIT_ASSERT(std::pair(std::int64_t{0}, std::int64_t{1}) == s.reader());
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1}, s.lease("b", "b2", 300)); // the same node, started again
        CPPUNIT_ASSERT(std::pair(std::int64_t{0}, std::int64_t{2}) == s.reader());
    }

    void testReadEventsGoWhenOld()
    {
        Setup s(*this);
        s.open();
        for (int i = 1; i <= 4; ++i) s.publish(i);
        s.number();
        const auto clean = [&] { return s.change("evento_borrar", {"antes", "limite"}, {Value::time(1003), 10}); };
        CPPUNIT_ASSERT_EQUAL_MESSAGE("nobody has read them", std::int64_t{0}, clean());
        s.lease("a", "a1", 100);
        s.change("lector_guardar", {"plugin", "tema", "nodo", "arranque", "posicion"},
                 {"p", "tienda.creada", "", "a1", 4});
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2}, clean());
        CPPUNIT_ASSERT_EQUAL(std::string("3tienda 4tienda "), s.read());
    }
};

ZOCO_TEST_ON_BOTH(EventTablesTest);

} // namespace zoco::gestorbbdd::test
