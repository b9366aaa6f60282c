#include "consulta/Consulta.h"
#include "consulta/Cursor.h"
#include "consulta/FacetCache.h"

#include <cppunit/extensions/HelperMacros.h>
#include <map>
#include <set>

using namespace catalogo;

class ConsultaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConsultaTest);
    CPPUNIT_TEST(testNothingGivenMeansTheFirstPageByName);
    CPPUNIT_TEST(testEverythingIsRead);
    CPPUNIT_TEST(testAllFaultsAreToldAtOnce);
    CPPUNIT_TEST(testSingleFaults);
    CPPUNIT_TEST(testCursorOfAnotherOrderIsAFault);
    CPPUNIT_TEST(testFacetsAreForgottenAfterASecond);
    CPPUNIT_TEST(testFacetsReadBeforeAChangeAreNotKept);
    CPPUNIT_TEST(testFacetCacheIsBounded);
    CPPUNIT_TEST_SUITE_END();

    using Query = std::map<std::string, std::string>;

    zoco::Result<Consulta> parse(const Query& query) const
    {
        return parseConsulta(
            [&](std::string_view name) -> std::optional<std::string>
            {
                const auto found = query.find(std::string(name));
                return found == query.end() ? std::nullopt : std::optional(found->second);
            },
            _folding);
    }

    std::set<std::string> faults(const Query& query) const
    {
        const auto result = parse(query);
        CPPUNIT_ASSERT(!result.ok());
        CPPUNIT_ASSERT_EQUAL(422, result.problem().status);
        CPPUNIT_ASSERT_EQUAL(std::string("parametros-invalidos"), result.problem().slug);
        std::set<std::string> out;
        for (const auto& e : result.problem().errors) out.insert(e.pointer);
        return out;
    }

    void testNothingGivenMeansTheFirstPageByName()
    {
        const auto query = parse({{"q", ""}, {"categoria", " "}, {"precio_min", ""}, {"unknown", "x"}}).value();
        CPPUNIT_ASSERT(query.orden == Orden::Nombre);
        CPPUNIT_ASSERT_EQUAL(24, query.limite);
        CPPUNIT_ASSERT(query.filtro.palabras.empty() && !query.filtro.categoria && !query.filtro.precioMin);
        CPPUNIT_ASSERT(!query.desde && !query.filtro.disponible);
    }

    void testEverythingIsRead()
    {
        const auto cursor = encodeCursor(Orden::PrecioDesc, {"", 500, "0123456789abcdef"});
        const auto query = parse({{"q", "Jamón  IBÉRICO"},
                                  {"categoria", "embutidos"},
                                  {"precio_min", "100"},
                                  {"precio_max", "100"},
                                  {"orden", "-precio"},
                                  {"limite", "100"},
                                  {"disponible", "false"},
                                  {"cursor", cursor}})
                               .value();
        CPPUNIT_ASSERT(query.filtro.palabras == (std::vector<std::string>{"jamon", "iberico"}));
        CPPUNIT_ASSERT_EQUAL(std::string("embutidos"), query.filtro.categoria.value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(100), query.filtro.precioMax.value());
        CPPUNIT_ASSERT(query.orden == Orden::PrecioDesc);
        CPPUNIT_ASSERT_EQUAL(false, query.filtro.disponible.value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(500), query.desde.value().numero);
    }

    void testAllFaultsAreToldAtOnce()
    {
        const auto all = faults({{"q", "a b c d e f g h i"},
                                 {"precio_min", "-1"},
                                 {"precio_max", "1.5"},
                                 {"limite", "0"},
                                 {"disponible", "maybe"},
                                 {"cursor", "garbage"},
                                 {"orden", "color"}});
        CPPUNIT_ASSERT(all == (std::set<std::string>{"/q", "/precio_min", "/precio_max", "/limite", "/disponible",
                                                     "/cursor", "/orden"}));
    }

    void testSingleFaults()
    {
        const std::pair<std::string, std::string> cases[] = {{"limite", "101"},
                                                             {"limite", "abc"},
                                                             {"limite", "-5"},
                                                             {"limite", "24x"},
                                                             {"cursor", "garbage"},
                                                             {"orden", "NOMBRE"},
                                                             {"disponible", "1"},
                                                             {"precio_min", "99999999999999999999"},
                                                             {"q", "\xFF"},
                                                             {"q", std::string(401, 'a')},
                                                             {"categoria", std::string(81, 'a')}};
        for (const auto& [name, value] : cases)
            CPPUNIT_ASSERT_MESSAGE(name + "=" + value, faults({{name, value}}) == std::set<std::string>{"/" + name});
        CPPUNIT_ASSERT(faults({{"precio_min", "5"}, {"precio_max", "4"}}) == std::set<std::string>{"/precio_max"});
    }

    void testCursorOfAnotherOrderIsAFault()
    {
        const auto cursor = encodeCursor(Orden::Precio, {"", 500, "0123456789abcdef"});
        CPPUNIT_ASSERT(faults({{"cursor", cursor}}) == std::set<std::string>{"/cursor"});
        CPPUNIT_ASSERT(parse({{"cursor", cursor}, {"orden", "precio"}}).ok());
    }

    void testFacetsAreForgottenAfterASecond()
    {
        auto now = std::chrono::steady_clock::time_point{};
        FacetCache cache(8, [&] { return now; });
        cache.keep("k", std::make_shared<Facetas>(3), cache.generation());
        now += std::chrono::milliseconds(999);
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), cache.find("k")->size());
        now += std::chrono::milliseconds(1);
        CPPUNIT_ASSERT(cache.find("k") == nullptr);
    }

    void testFacetsReadBeforeAChangeAreNotKept()
    {
        FacetCache cache;
        const auto before = cache.generation();
        cache.clear();
        cache.keep("k", std::make_shared<Facetas>(), before);
        CPPUNIT_ASSERT(cache.find("k") == nullptr);
        cache.keep("k", std::make_shared<Facetas>(), cache.generation());
        CPPUNIT_ASSERT(cache.find("k") != nullptr);
    }

    void testFacetCacheIsBounded()
    {
        const auto now = std::chrono::steady_clock::time_point{};
        FacetCache cache(4, [&] { return now; });
        for (int i = 0; i < 100; ++i) cache.keep(std::to_string(i), std::make_shared<Facetas>(), cache.generation());
        int kept = 0;
        for (int i = 0; i < 100; ++i) kept += cache.find(std::to_string(i)) != nullptr ? 1 : 0;
        CPPUNIT_ASSERT(kept >= 1 && kept <= 4);
    }

    const Folding _folding;
};

CPPUNIT_TEST_SUITE_REGISTRATION(ConsultaTest);
