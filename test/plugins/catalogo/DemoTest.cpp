#include "ShopTest.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <set>

using namespace catalogo::test;

class DemoTest : public ShopTest
{
    CPPUNIT_TEST_SUITE(DemoTest);
    CPPUNIT_TEST(testTheFirstStartFillsTheShop);
    CPPUNIT_TEST(testEveryDemoPictureIsServedSafely);
    CPPUNIT_TEST(testAnUntouchedDemoIsNotLoadedAgain);
    CPPUNIT_TEST(testAShopEmptiedOnPurposeStaysEmpty);
    CPPUNIT_TEST(testTheSettingTurnsItOff);
    CPPUNIT_TEST(testAWrongCurrencyRefusesTheStart);
    CPPUNIT_TEST(testPicturesOfOtherNamesAre404);
    CPPUNIT_TEST(testEveryRouteSaysWhatItIs);
    CPPUNIT_TEST_SUITE_END();

    void testTheFirstStartFillsTheShop()
    {
        const zoco::test::TempFolder folder;
        Shop shop(folder.path(), {}, url());
        const auto list = shop.get("/Catalogo/productos?limite=100");
        CPPUNIT_ASSERT(list["total"].GetInt() >= 30);
        CPPUNIT_ASSERT_EQUAL(list["productos"].Size(), static_cast<unsigned>(list["total"].GetInt()));
        CPPUNIT_ASSERT(list["facetas"]["categorias"].Size() >= 6);
        CPPUNIT_ASSERT(list["siguiente"].IsNull());
        std::set<std::string> pictures;
        int unavailable = 0;
        for (const auto& p : list["productos"].GetArray())
        {
            CPPUNIT_ASSERT(p["imagen"].IsString() && p["categoria_nombre"].IsString());
            pictures.insert(p["imagen"].GetString());
            if (!p["disponible"].GetBool()) ++unavailable;
        }
        CPPUNIT_ASSERT_EQUAL(static_cast<std::size_t>(list["total"].GetInt()), pictures.size());
        CPPUNIT_ASSERT(unavailable >= 1);
        const auto product = shop.get("/Catalogo/productos/QUE-001");
        CPPUNIT_ASSERT_EQUAL(std::string("Queso manchego curado"), std::string(product["nombre"].GetString()));
        CPPUNIT_ASSERT_EQUAL(1840, product["precio"]["importe"].GetInt());
        CPPUNIT_ASSERT(product["atributos"].Size() >= 2 && product["variantes"].IsArray());
        const auto categories = shop.get("/Catalogo/categorias");
        CPPUNIT_ASSERT_EQUAL(list["facetas"]["categorias"].Size(), categories["categorias"].Size());
    }

    void testEveryDemoPictureIsServedSafely()
    {
        const zoco::test::TempFolder folder;
        Shop shop(folder.path(), {}, url());
        const auto list = shop.get("/Catalogo/productos?limite=100");
        for (const auto& p : list["productos"].GetArray())
        {
            const std::string path = p["imagen"].GetString();
            const auto& call = shop.send({.path = path});
            CPPUNIT_ASSERT_EQUAL(200, call.status());
            CPPUNIT_ASSERT_EQUAL(std::string("image/svg+xml"), call.header("Content-Type"));
            CPPUNIT_ASSERT_EQUAL(std::string("default-src 'none'; style-src 'unsafe-inline'; sandbox"),
                                 call.header("Content-Security-Policy"));
            CPPUNIT_ASSERT(call.body().size() <= 4096);
            const auto& again = shop.send({.path = path, .headers = {{"If-None-Match", call.header("ETag")}}});
            CPPUNIT_ASSERT_EQUAL(304, again.status());
        }
    }

    void testAnUntouchedDemoIsNotLoadedAgain()
    {
        const zoco::test::TempFolder folder;
        std::string id;
        {
            Shop shop(folder.path(), {}, url());
            id = shop.get("/Catalogo/productos/QUE-001")["id"].GetString();
            CPPUNIT_ASSERT_EQUAL(204, shop.send({.method = "DELETE", .path = "/Catalogo/productos/PAN-001"}).status());
        }
        Shop shop(folder.path(), {}, url());
        CPPUNIT_ASSERT_EQUAL(id, std::string(shop.get("/Catalogo/productos/QUE-001")["id"].GetString()));
        CPPUNIT_ASSERT_EQUAL(404, shop.send({.path = "/Catalogo/productos/PAN-001"}).status());
    }

    void testAShopEmptiedOnPurposeStaysEmpty()
    {
        const zoco::test::TempFolder folder;
        {
            Shop shop(folder.path(), {}, url());
            const auto list = shop.get("/Catalogo/productos?limite=100");
            for (const auto& p : list["productos"].GetArray())
                shop.send({.method = "DELETE", .path = std::string("/Catalogo/productos/") + p["id"].GetString()});
            CPPUNIT_ASSERT_EQUAL(std::int64_t(0), shop.total());
        }
        Shop shop(folder.path(), {}, url());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), shop.total());
        CPPUNIT_ASSERT(shop.get("/Catalogo/productos")["facetas"]["precio"]["min"].IsNull());
    }

    void testTheSettingTurnsItOff()
    {
        const zoco::test::TempFolder folder;
        {
            Shop shop(folder.path(), {{"demo", "false"}}, url());
            CPPUNIT_ASSERT_EQUAL(std::int64_t(0), shop.total());
        }
        Shop shop(folder.path(), {}, url());
        CPPUNIT_ASSERT(shop.total() > 0);
    }

    void testAWrongCurrencyRefusesTheStart()
    {
        const zoco::test::TempFolder folder;
        CPPUNIT_ASSERT_THROW(Shop(folder.path(), {{"moneda", "euros"}}, url()), std::runtime_error);
    }

    void testPicturesOfOtherNamesAre404()
    {
        const zoco::test::TempFolder folder;
        Shop shop(folder.path(), {{"demo", "false"}}, url());
        for (const auto& name : {std::string(32, '0') + ".svg", std::string("..%2F..%2Flog"), std::string("log")})
        {
            const auto& call = shop.send({.path = "/Catalogo/imagenes/" + name});
            CPPUNIT_ASSERT_EQUAL(404, call.status());
            CPPUNIT_ASSERT_EQUAL(std::string("imagen-desconocida"), call.problem()->slug);
        }
    }

    void testEveryRouteSaysWhatItIs()
    {
        const zoco::test::TempFolder folder;
        const Shop shop(folder.path(), {{"demo", "false"}}, url());
        int count = 0;
        for (const auto& route : shop.routes())
        {
            if (route.plugin != "catalogo") continue;
            ++count;
            rapidjson::Document operation;
            operation.Parse(route.openapi.data(), route.openapi.size());
            CPPUNIT_ASSERT_MESSAGE(route.pattern.text, operation.IsObject() && operation.HasMember("operationId"));
            const bool isRead = route.method == "GET";
            CPPUNIT_ASSERT_EQUAL(isRead ? std::uint32_t(ZOCO_AUTH_PUBLIC) : std::uint32_t(ZOCO_AUTH_ROLE), route.auth);
            CPPUNIT_ASSERT_EQUAL(std::string(isRead ? "" : "catalogo"), route.role);
        }
        CPPUNIT_ASSERT_EQUAL(8, count);
    }
};

ZOCO_TEST_ON_BOTH(DemoTest);
