#include "cuentas/Tienda.h"
#include "plugins/gestorbbdd/MariaDbServer.h"
#include "plugins/gestorbbdd/OnBoth.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <set>
#include <sstream>

using namespace zoco::test;
using zoco::gestorbbdd::test::MariaDbServer;

namespace
{

struct Persona
{
    std::string nombre, correo, telefono, linea1, ciudad, cp, red;
};

std::vector<Persona> personas()
{
    std::ifstream in(ZOCO_SOURCE_DIR "/test/fixtures/personas/personas.tsv");
    std::vector<Persona> out;
    for (std::string line; std::getline(in, line);)
    {
        std::istringstream fields(line);
        Persona p;
        for (auto* field : {&p.nombre, &p.correo, &p.telefono, &p.linea1, &p.ciudad, &p.cp, &p.red})
            std::getline(fields, *field, '\t');
        out.push_back(std::move(p));
    }
    return out;
}

std::string digits(const std::string& text)
{
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
    return out;
}

} // namespace

/// What lies on disks: of 100 people with accounts and orders nothing that can be read, neither below the data folder
/// nor in the database nor in the log. The mail folder is a mailbox, and so excepted.
class PersonalDataDumpTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PersonalDataDumpTest);
    CPPUNIT_TEST(testNothingOfAHundredPeopleCanBeRead);
    CPPUNIT_TEST(testTheSameSearchFindsEverythingWithoutEncryption);
    CPPUNIT_TEST_SUITE_END();

protected:
    virtual bool isMariaDb() const { return false; }

public:
    void testNothingOfAHundredPeopleCanBeRead()
    {
        const auto found = leftBy({});
        CPPUNIT_ASSERT_MESSAGE(listed(found), found.empty());
    }

    /// So the search would find what is not encrypted.
    void testTheSameSearchFindsEverythingWithoutEncryption()
    {
        const auto found = leftBy({"ZOCO_HOST_KEYS=clear"});
        for (const auto& value : _values) CPPUNIT_ASSERT_MESSAGE(value, found.contains(value));
        CPPUNIT_ASSERT_MESSAGE("a card's number was kept", !found.contains(kCard));
    }

private:
    using Found = std::map<std::string, std::string>; ///< where a value lies

    static constexpr const char* kCard = "4548810000000003";

    /// What can be read of 100 people when their shop has ended.
    Found leftBy(std::vector<std::string> environment)
    {
        std::optional<MariaDbServer> server;
        if (isMariaDb()) server.emplace();
        Tienda tienda(server ? server->socketUrl(server->newDatabase()) : std::string(),
                      {{"hash_memoria_kib", "7168"},
                       {"hash_pasadas", "1"},
                       {"plugins.catalogo.enabled", "true"},
                       {"plugins.pedidos.enabled", "true"},
                       {"plugins.pagos.enabled", "true"}},
                      std::move(environment));
        const auto people = personas();
        CPPUNIT_ASSERT_EQUAL(std::size_t(100), people.size());
        stock(tienda);
        for (std::size_t i = 0; i < people.size(); ++i)
        {
            const auto ficha = entered(tienda, people[i]);
            if (i % 4 == 0) buy(tienda, people[i], ficha);
        }
        CPPUNIT_ASSERT(_values.size() > 300); // a name, an address and a street of each, and phone numbers
        CPPUNIT_ASSERT(tienda.host().stop().has_value());
        auto found = search(tienda.folder().path(), tienda.folder().path("data/mail"));
        note(tienda.host().log(), "the log", found);
        if (server)
        {
            server->kill();
            found.merge(search(server->dataFolder(), {}));
        }
        return found;
    }

    /// The token of somebody who has an account with all of it.
    std::string entered(Tienda& tienda, const Persona& person)
    {
        tienda.alta(person.correo, Tienda::kClave, person.nombre);
        const auto ficha = tienda.ficha(person.correo);
        const auto address = json({{"nombre", person.nombre},
                                   {"linea1", person.linea1},
                                   {"cp", person.cp},
                                   {"ciudad", person.ciudad},
                                   {"provincia", "Arizona"},
                                   {"pais", "US"}});
        CPPUNIT_ASSERT_EQUAL(std::string("201"), tienda.outcome("POST", "/Usuarios/yo/direcciones", address, ficha));
        _values.insert({person.nombre, person.correo, person.linea1});
        const auto phone = tienda.outcome("PATCH", "/Usuarios/yo", json({{"telefono", person.telefono}}), ficha);
        if (phone == "200") _values.insert(digits(person.telefono));
        return ficha;
    }

    /// One product, for all to buy.
    static void stock(Tienda& tienda)
    {
        const std::string chief = "jefa@ejemplo.es";
        const auto made = tienda.mando({"user", "add", "--correo", chief, "--rol", "catalogo"});
        CPPUNIT_ASSERT_EQUAL(std::string("204"),
                             tienda.outcome("POST", "/Usuarios/clave/nueva",
                                            json({{"ficha", fichaIn(made)}, {"clave", Tienda::kClave}})));
        CPPUNIT_ASSERT_EQUAL(std::string("201"),
                             tienda.outcome("POST", "/Catalogo/productos",
                                            R"({"sku":"Q1","nombre":"Queso","precio":{"importe":1000,"moneda":"EUR"}})",
                                            tienda.ficha(chief)));
    }

    /// An order to somebody else's address, paid by a card.
    void buy(Tienda& tienda, const Persona& person, const std::string& ficha)
    {
        CPPUNIT_ASSERT_EQUAL(std::string("200"),
                             tienda.outcome("POST", "/Pedidos/carrito/lineas", R"({"producto":"Q1"})", ficha));
        const auto recipient = "Portera de " + person.nombre;
        const auto street = person.linea1 + " bis";
        const auto where = json({{"nombre", recipient},
                                 {"linea1", street},
                                 {"cp", "28001"},
                                 {"ciudad", "Madrid"},
                                 {"provincia", "Madrid"},
                                 {"pais", "ES"}});
        const auto order = tienda.send("POST", "/Pedidos", R"({"envio":"estandar","direccion":)" + where + '}', ficha);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(order.body, 201, order.status);
        rapidjson::Document made;
        made.Parse(order.body.c_str());
        const auto card = json({{"pedido", made["id"].GetString()},
                                {"medio", "simulador"},
                                {"tarjeta", kCard},
                                {"caducidad", "12/49"},
                                {"cvv", "123"}});
        CPPUNIT_ASSERT_EQUAL(std::string("201"), tienda.outcome("POST", "/Pagos", card, ficha));
        _values.insert({recipient, street});
    }

    void note(const std::string& content, const std::string& place, Found& found) const
    {
        for (const auto& value : _values)
            if (content.find(value) != std::string::npos) found.emplace(value, place);
        const bool isProgram = place.ends_with(".so"); // which knows the published test cards
        if (!isProgram && content.find(kCard) != std::string::npos) found.emplace(kCard, place);
    }
    Found search(const std::string& folder, const std::string& except) const
    {
        Found out;
        for (const auto& file : std::filesystem::recursive_directory_iterator(folder))
        {
            const auto path = file.path().string();
            if (file.is_regular_file() && (except.empty() || !path.starts_with(except)))
                note(readFile(path), path, out);
        }
        return out;
    }
    static std::string listed(const Found& found)
    {
        std::string out;
        for (const auto& [value, path] : found) out += value + " in " + path + '\n';
        return out;
    }

    std::set<std::string> _values;
};

ZOCO_TEST_ON_BOTH(PersonalDataDumpTest);
