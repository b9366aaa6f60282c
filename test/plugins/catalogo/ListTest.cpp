#include "ShopTest.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <set>

using namespace catalogo::test;

class ListTest : public ShopTest
{
    CPPUNIT_TEST_SUITE(ListTest);
    CPPUNIT_TEST(testPagesHaveEveryProductOnceInEveryOrder);
    CPPUNIT_TEST(testOrders);
    CPPUNIT_TEST(testSearchForgetsAccentsAndCase);
    CPPUNIT_TEST(testSignsOfPatternsAreOrdinary);
    CPPUNIT_TEST(testFilters);
    CPPUNIT_TEST(testFacetsDescribeTheFilteredSet);
    CPPUNIT_TEST(testInvalidParametersAreOneProblem);
    CPPUNIT_TEST(testACursorOutlivesItsProduct);
    CPPUNIT_TEST(testAnUnchangedAnswerIs304);
    CPPUNIT_TEST(testUnknownProductIs404);
    CPPUNIT_TEST_SUITE_END();

public:
    /// 60 products: prices repeat every 5, categories every 3, every 4th has no stock.
    void setUp() override
    {
        std::string csv = "sku,nombre,precio,categoria,existencias,marca,descripcion\n";
        for (int i = 0; i < 60; ++i)
            csv += "P" + std::to_string(i) + ",\"Artículo " + std::to_string(i % 20) + "\"," +
                   std::to_string(i % 5 + 1) + ".00," +
                   std::vector<std::string>{"Uno", "Dos", ""}[static_cast<std::size_t>(i % 3)] + "," +
                   std::to_string(i % 4) + ",,\n";
        csv += "X1,Camión de ÑANDÚ,9.50,Uno,,Pingüino,\"Con 100 % straße\"\nX2,a_b,20,,,,\n";
        _folder = std::make_unique<zoco::test::TempFolder>();
        _folder->write("p.csv", csv);
        _shop = std::make_unique<Shop>(_folder->path(), Shop::Settings{{"demo", "false"}}, url());
        CPPUNIT_ASSERT_EQUAL(0, _shop->import({"p.csv"}, _folder->path()).exitStatus);
    }
    void tearDown() override
    {
        _shop.reset();
        _folder.reset();
    }

private:
    std::vector<std::string> skus(const std::string& query)
    {
        std::vector<std::string> out;
        std::string cursor;
        do {
            const auto page = _shop->get("/Catalogo/productos?" + query + (cursor.empty() ? "" : "&cursor=" + cursor));
            for (const auto& p : page["productos"].GetArray()) out.emplace_back(p["sku"].GetString());
            cursor = page["siguiente"].IsNull() ? "" : page["siguiente"].GetString();
        } while (!cursor.empty() && out.size() < 1000);
        return out;
    }

    std::int64_t count(const std::string& query)
    {
        return _shop->get("/Catalogo/productos?" + query)["total"].GetInt64();
    }

    void testPagesHaveEveryProductOnceInEveryOrder()
    {
        for (const auto* order : {"nombre", "precio", "-precio", "novedad"})
            for (const auto* limit : {"1", "7", "31", "62", "100"})
            {
                const auto all = skus("orden=" + std::string(order) + "&limite=" + limit);
                CPPUNIT_ASSERT_EQUAL_MESSAGE(order, std::size_t(62), all.size());
                CPPUNIT_ASSERT_EQUAL_MESSAGE(order, std::size_t(62), std::set(all.begin(), all.end()).size());
            }
    }

    void testOrders()
    {
        const auto prices = [&](const std::string& order)
        {
            std::vector<int> out;
            const auto page = _shop->get("/Catalogo/productos?limite=100&orden=" + order);
            for (const auto& p : page["productos"].GetArray()) out.push_back(p["precio"]["importe"].GetInt());
            return out;
        };
        const auto up = prices("precio");
        CPPUNIT_ASSERT(std::is_sorted(up.begin(), up.end()));
        const auto down = prices("-precio");
        CPPUNIT_ASSERT(std::is_sorted(down.rbegin(), down.rend()));
        CPPUNIT_ASSERT_EQUAL(std::string("X2"), skus("orden=novedad").at(0));
        CPPUNIT_ASSERT_EQUAL(std::string("X2"), skus("orden=nombre").at(0));
        CPPUNIT_ASSERT_EQUAL(std::string("X1"), skus("orden=nombre").back());
    }

    void testSearchForgetsAccentsAndCase()
    {
        for (const auto* q : {"camion", "CAMI%C3%93N", "nandu", "%C3%91and%C3%BA", "pinguino", "strasse", "STRA%C3%9FE",
                              "camion+nandu+uno", "x1", "Cami"})
            CPPUNIT_ASSERT_MESSAGE(q, skus("q=" + std::string(q)) == std::vector<std::string>{"X1"});
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), count("q=camion+zzz"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(60), count("q=ARTICULO"));
    }

    void testSignsOfPatternsAreOrdinary()
    {
        CPPUNIT_ASSERT(skus("q=%25") == std::vector<std::string>{"X1"});
        CPPUNIT_ASSERT(skus("q=_") == std::vector<std::string>{"X2"});
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), count("q=!"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), count("q=%27"));
    }

    void testFilters()
    {
        CPPUNIT_ASSERT_EQUAL(std::int64_t(21), count("categoria=uno"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), count("categoria=nada"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(24), count("precio_min=200&precio_max=300"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(15), count("disponible=false"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(47), count("disponible=true"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(62), count("disponible=&color=rojo"));
        for (const auto* query : {"categoria=uno", "precio_min=200&precio_max=300", "disponible=false", "q=articulo"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(query, static_cast<std::size_t>(count(query)),
                                         skus(std::string(query) + "&limite=5&orden=-precio").size());
    }

    void testFacetsDescribeTheFilteredSet()
    {
        const auto list = _shop->get("/Catalogo/productos?categoria=uno&q=articulo&precio_max=400");
        CPPUNIT_ASSERT_EQUAL(16, list["total"].GetInt());
        CPPUNIT_ASSERT_EQUAL(2u, list["facetas"]["categorias"].Size());
        for (const auto& c : list["facetas"]["categorias"].GetArray())
            CPPUNIT_ASSERT_EQUAL(16, c["productos"].GetInt());
        CPPUNIT_ASSERT_EQUAL(100, list["facetas"]["precio"]["min"].GetInt());
        CPPUNIT_ASSERT_EQUAL(400, list["facetas"]["precio"]["max"].GetInt());
    }

    void testInvalidParametersAreOneProblem()
    {
        const auto& call = _shop->send({.path = "/Catalogo/productos?limite=0&orden=x&cursor=%25"});
        CPPUNIT_ASSERT_EQUAL(422, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("parametros-invalidos"), call.problem()->slug);
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), call.problem()->errors.size());
        CPPUNIT_ASSERT_EQUAL(422, _shop->send({.path = "/Catalogo/productos?cursor=abc"}).status());
    }

    void testACursorOutlivesItsProduct()
    {
        const auto first = _shop->get("/Catalogo/productos?limite=5&orden=precio");
        const std::string last = first["productos"][4]["id"].GetString();
        CPPUNIT_ASSERT_EQUAL(204, _shop->send({.method = "DELETE", .path = "/Catalogo/productos/" + last}).status());
        const auto next = _shop->get("/Catalogo/productos?limite=100&orden=precio&cursor=" +
                                     std::string(first["siguiente"].GetString()));
        CPPUNIT_ASSERT_EQUAL(57u, next["productos"].Size());
        CPPUNIT_ASSERT_EQUAL(61, next["total"].GetInt());
    }

    void testAnUnchangedAnswerIs304()
    {
        for (const auto* path : {"/Catalogo/productos?q=x1", "/Catalogo/productos/X1", "/Catalogo/categorias"})
        {
            const auto etag = _shop->send({.path = path}).header("ETag");
            const auto& again = _shop->send({.path = path, .headers = {{"If-None-Match", "\"a\", " + etag}}});
            CPPUNIT_ASSERT_EQUAL_MESSAGE(path, 304, again.status());
            CPPUNIT_ASSERT(again.body().empty());
            CPPUNIT_ASSERT_EQUAL(200, _shop->send({.path = path, .headers = {{"If-None-Match", "\"a\""}}}).status());
        }
    }

    void testUnknownProductIs404()
    {
        const auto& call = _shop->send({.path = "/Catalogo/productos/nada"});
        CPPUNIT_ASSERT_EQUAL(404, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("producto-desconocido"), call.problem()->slug);
    }

    std::unique_ptr<zoco::test::TempFolder> _folder;
    std::unique_ptr<Shop> _shop;
};

ZOCO_TEST_ON_BOTH(ListTest);
