#include "http/ProductoBody.h"

#include <cppunit/extensions/HelperMacros.h>
#include <map>
#include <set>

using namespace catalogo;

class ProductoBodyTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ProductoBodyTest);
    CPPUNIT_TEST(testAWholeProduct);
    CPPUNIT_TEST(testAllFaultsAreToldAtOnce);
    CPPUNIT_TEST(testSingleFaults);
    CPPUNIT_TEST(testWhatIsNoJsonIs400);
    CPPUNIT_TEST(testMembersThatAreThereTwice);
    CPPUNIT_TEST(testMergePatch);
    CPPUNIT_TEST(testAPatchIsCheckedAsAWhole);
    CPPUNIT_TEST_SUITE_END();

    static std::set<std::string> pointers(const zoco::Result<DatosProducto>& result)
    {
        CPPUNIT_ASSERT(!result.ok());
        CPPUNIT_ASSERT_EQUAL(422, result.problem().status);
        CPPUNIT_ASSERT_EQUAL(std::string("producto-invalido"), result.problem().slug);
        std::set<std::string> out;
        for (const auto& e : result.problem().errors) out.insert(e.pointer);
        return out;
    }

    void testAWholeProduct()
    {
        const auto p = _bodies
                           .whole(R"({"sku":" A ","nombre":"Año","precio":{"importe":5},"categoria":"Vinos Ñ",
                                     "existencias":0,"marca":null,"descripcion":"x\ny","imagenes":["/Catalogo/imagenes/good"],
                                     "atributos":[{"nombre":"a","valor":"b"}]})")
                           .value();
        CPPUNIT_ASSERT_EQUAL(std::string("A"), p.sku);
        CPPUNIT_ASSERT_EQUAL(std::string("EUR"), p.moneda);
        CPPUNIT_ASSERT(p.categoria == (Categoria{"vinos-n", "Vinos Ñ"}));
        CPPUNIT_ASSERT(!p.isDisponible() && !p.marca);
        CPPUNIT_ASSERT(p.imagenes == std::vector<std::string>{"good"});
        CPPUNIT_ASSERT(p.atributos == (std::vector<Atributo>{{"a", "b"}}));
    }

    void testAllFaultsAreToldAtOnce()
    {
        const auto faults = pointers(_bodies.whole(
            R"({"nombre":5,"precio":{"importe":1.5,"moneda":"eur"},"existencias":-1,"iva":"21","peso":-1,"imagenes":["bad"],
                "atributos":[{"nombre":"a"}],"categoria":"!","co/lor":1})"));
        CPPUNIT_ASSERT(faults == (std::set<std::string>{"/sku", "/nombre", "/precio/importe", "/precio/moneda",
                                                        "/existencias", "/iva", "/peso", "/imagenes/0", "/atributos/0",
                                                        "/categoria", "/co~1lor"}));
    }

    void testSingleFaults()
    {
        const std::pair<const char*, const char*> cases[] = {{R"("precio":null)", "/precio"},
                                                             {R"("precio":5)", "/precio"},
                                                             {R"("precio":{})", "/precio/importe"},
                                                             {R"("precio":{"importe":-1})", "/precio/importe"},
                                                             {R"("precio":{"importe":1e30})", "/precio/importe"}};
        for (const auto& [member, pointer] : cases)
            CPPUNIT_ASSERT_MESSAGE(member, pointers(_bodies.whole(R"({"sku":"A","nombre":"N",)" + std::string(member) +
                                                                  "}")) == std::set<std::string>{pointer});
        CPPUNIT_ASSERT(pointers(_bodies.whole("[]")) == std::set<std::string>{""});
    }

    void testWhatIsNoJsonIs400()
    {
        for (const auto& text : {std::string(), std::string("{"), std::string("{\"a\":\"\xFF\"}"),
                                 std::string(100'000, '['), std::string("{} x")})
        {
            const auto result = _bodies.whole(text);
            CPPUNIT_ASSERT(!result.ok());
            CPPUNIT_ASSERT_EQUAL(400, result.problem().status);
        }
    }

    void testMembersThatAreThereTwice()
    {
        for (
            const auto& [body, pointer] : std::map<std::string, std::string>{
                {R"({"sku":"A","nombre":"N","precio":{"importe":5},"sku":"B"})", "/sku"},
                {R"({"sku":"A","nombre":"N","precio":{"importe":5,"importe":6}})", "/precio/importe"},
                {R"({"sku":"A","nombre":"N","precio":{"importe":5},"atributos":[{"nombre":"a","valor":"b","valor":"c"}]})",
                 "/atributos/0/valor"}})
        {
            CPPUNIT_ASSERT(pointers(_bodies.whole(body)) == std::set<std::string>{pointer});
            CPPUNIT_ASSERT(pointers(_bodies.patched(sample(), body)) == std::set<std::string>{pointer});
        }
    }

    DatosProducto sample() const
    {
        DatosProducto p;
        p.sku = "A";
        p.nombre = "N";
        p.importe = 100;
        p.moneda = "GBP";
        p.categoria = Categoria{"vinos", "Vinos"};
        p.descripcion = "d";
        p.existencias = 3;
        p.imagenes = {"good"};
        p.atributos = {{"a", "b"}};
        return p;
    }

    void testMergePatch()
    {
        const auto now = sample();
        CPPUNIT_ASSERT(_bodies.patched(now, "{}").value() == now);
        auto expected = now;
        expected.importe = 250;
        expected.existencias.reset();
        expected.descripcion.reset();
        expected.atributos.clear();
        const auto patch = R"({"precio":{"importe":250},"existencias":null,"descripcion":null,"atributos":[]})";
        CPPUNIT_ASSERT(_bodies.patched(now, patch).value() == expected);
    }

    void testAPatchIsCheckedAsAWhole()
    {
        CPPUNIT_ASSERT(
            pointers(_bodies.patched(sample(), R"({"nombre":null,"precio":{"moneda":null,"importe":"x"}})")) ==
            (std::set<std::string>{"/nombre", "/precio/importe"}));
        CPPUNIT_ASSERT(pointers(_bodies.patched(sample(), "5")) == std::set<std::string>{""});
    }

    const Folding _folding;
    const ProductoBody _bodies{_folding, "EUR", [](std::string_view name) { return name == "good"; }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProductoBodyTest);
