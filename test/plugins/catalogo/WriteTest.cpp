#include "ShopTest.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace catalogo::test;

class WriteTest : public ShopTest
{
    CPPUNIT_TEST_SUITE(WriteTest);
    CPPUNIT_TEST(testCreatedProductIsThereAtOnce);
    CPPUNIT_TEST(testIdsAreUnguessable);
    CPPUNIT_TEST(testTakenSkuIs409);
    CPPUNIT_TEST(testInvalidProductIs422AndChangesNothing);
    CPPUNIT_TEST(testOtherContentTypesAre415);
    CPPUNIT_TEST(testReplace);
    CPPUNIT_TEST(testPatch);
    CPPUNIT_TEST(testTaxAndWeightAreKept);
    CPPUNIT_TEST(testUnknownProductsAre404);
    CPPUNIT_TEST(testCategoriesKeepTheirFirstName);
    CPPUNIT_TEST(testAnIdWinsOverAnEqualSku);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        _folder = std::make_unique<zoco::test::TempFolder>();
        _shop = std::make_unique<Shop>(_folder->path(), Shop::Settings{{"demo", "false"}}, url());
    }
    void tearDown() override
    {
        _shop.reset();
        _folder.reset();
    }

private:
    static constexpr auto kAll = "/Catalogo/productos";

    static std::string product(const std::string& sku, const std::string& more = {})
    {
        return R"({"sku":")" + sku + R"(","nombre":"Queso añejo","precio":{"importe":1299,"moneda":"EUR"})" + more +
               "}";
    }
    int status(const std::string& method, const std::string& path, const std::string& body)
    {
        return _shop->write(method, path, body).status();
    }

    void testCreatedProductIsThereAtOnce()
    {
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total()); // now its facets are cached
        const auto& call = _shop->write("POST", kAll, product("A", R"(,"categoria":"Quesos","existencias":2)"));
        CPPUNIT_ASSERT_EQUAL(201, call.status());
        const auto made = _shop->get(call.header("Location"));
        CPPUNIT_ASSERT_EQUAL(std::string("A"), std::string(made["sku"].GetString()));
        CPPUNIT_ASSERT_EQUAL(2, made["existencias"].GetInt());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), _shop->total());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), _shop->get("/Catalogo/productos?q=ANEJO")["total"].GetInt64());
        CPPUNIT_ASSERT_EQUAL(1u, _shop->get("/Catalogo/categorias")["categorias"].Size());
    }

    void testIdsAreUnguessable()
    {
        const auto a = _shop->write("POST", kAll, product("A")).header("Location");
        const auto b = _shop->write("POST", kAll, product("B")).header("Location");
        CPPUNIT_ASSERT_EQUAL(std::string(kAll).size() + 17, a.size());
        CPPUNIT_ASSERT(a.substr(0, a.size() - 8) != b.substr(0, b.size() - 8));
    }

    void testTakenSkuIs409()
    {
        status("POST", kAll, product("A"));
        status("POST", kAll, product("B"));
        for (const auto& call :
             {&_shop->write("POST", kAll, product("A")), &_shop->write("PUT", std::string(kAll) + "/B", product("A"))})
        {
            CPPUNIT_ASSERT_EQUAL(409, call->status());
            CPPUNIT_ASSERT_EQUAL(std::string("sku-repetido"), call->problem()->slug);
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2), _shop->total());
    }

    void testInvalidProductIs422AndChangesNothing()
    {
        const auto& call = _shop->write("POST", kAll, R"({"nombre":"","imagenes":["x.svg"]})");
        CPPUNIT_ASSERT_EQUAL(422, call.status());
        CPPUNIT_ASSERT_EQUAL(std::string("producto-invalido"), call.problem()->slug);
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), call.problem()->errors.size());
        CPPUNIT_ASSERT_EQUAL(400, status("POST", kAll, "{"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
    }

    void testOtherContentTypesAre415()
    {
        status("POST", kAll, product("A"));
        for (const auto* method : {"POST", "PUT", "PATCH"})
            for (const auto* type : {"text/plain", "", "application/xml"})
            {
                const auto path = std::string(kAll) + (std::string(method) == "POST" ? "" : "/A");
                CPPUNIT_ASSERT_EQUAL(
                    415,
                    _shop
                        ->send(
                            {.method = method, .path = path, .body = product("A"), .headers = {{"Content-Type", type}}})
                        .status());
            }
        CPPUNIT_ASSERT_EQUAL(200,
                             _shop
                                 ->send({.method = "PATCH",
                                         .path = std::string(kAll) + "/A",
                                         .body = "{}",
                                         .headers = {{"content-type", "Application/Merge-Patch+JSON; charset=utf-8"}}})
                                 .status());
    }

    void testReplace()
    {
        const std::string id = [&]
        {
            const auto& call = _shop->write("POST", kAll, product("A", R"(,"descripcion":"d","existencias":1)"));
            return call.header("Location").substr(std::string(kAll).size() + 1);
        }();
        CPPUNIT_ASSERT_EQUAL(200, status("PUT", std::string(kAll) + "/A", product("A2")));
        const auto now = _shop->get(std::string(kAll) + "/A2");
        CPPUNIT_ASSERT_EQUAL(id, std::string(now["id"].GetString()));
        CPPUNIT_ASSERT(now["descripcion"].IsNull() && now["existencias"].IsNull());
        CPPUNIT_ASSERT_EQUAL(404, _shop->send({.path = std::string(kAll) + "/A"}).status());
    }

    void testPatch()
    {
        status("POST", kAll,
               product("A", R"(,"descripcion":"d","existencias":1,"atributos":[{"nombre":"a","valor":"b"}])"));
        CPPUNIT_ASSERT_EQUAL(200, status("PATCH", std::string(kAll) + "/A", R"({"existencias":0,"descripcion":null})"));
        const auto now = _shop->get(std::string(kAll) + "/A");
        CPPUNIT_ASSERT_EQUAL(false, now["disponible"].GetBool());
        CPPUNIT_ASSERT(now["descripcion"].IsNull());
        CPPUNIT_ASSERT_EQUAL(1u, now["atributos"].Size());
        CPPUNIT_ASSERT_EQUAL(422, status("PATCH", std::string(kAll) + "/A", R"({"sku":null})"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), _shop->get("/Catalogo/productos?disponible=false")["total"].GetInt64());
    }

    void testTaxAndWeightAreKept()
    {
        status("POST", kAll, product("A"));
        const auto path = std::string(kAll) + "/A";
        CPPUNIT_ASSERT_EQUAL(std::string("general"), std::string(_shop->get(path)["iva"].GetString()));
        CPPUNIT_ASSERT_EQUAL(200, status("PUT", path, product("A", R"(,"iva":"reducido","peso":1200)")));
        CPPUNIT_ASSERT_EQUAL(200, status("PATCH", path, R"({"nombre":"Otro"})"));
        const auto now = _shop->get(path);
        CPPUNIT_ASSERT_EQUAL(std::string("reducido"), std::string(now["iva"].GetString()));
        CPPUNIT_ASSERT_EQUAL(1200, now["peso"].GetInt());
        CPPUNIT_ASSERT_EQUAL(422, status("PATCH", path, R"({"iva":"otro"})"));
    }

    void testUnknownProductsAre404()
    {
        const auto path = std::string(kAll) + "/nada";
        CPPUNIT_ASSERT_EQUAL(404, status("PUT", path, product("A")));
        CPPUNIT_ASSERT_EQUAL(404, status("PATCH", path, "{}"));
        CPPUNIT_ASSERT_EQUAL(404, _shop->send({.method = "DELETE", .path = path}).status());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
    }

    void testCategoriesKeepTheirFirstName()
    {
        status("POST", kAll, product("A", R"(,"categoria":"Ñoquis y más")"));
        status("POST", kAll, product("B", R"(,"categoria":"noquis-y-mas")"));
        const auto categories = _shop->get("/Catalogo/categorias");
        CPPUNIT_ASSERT_EQUAL(1u, categories["categorias"].Size());
        CPPUNIT_ASSERT_EQUAL(std::string("Ñoquis y más"),
                             std::string(categories["categorias"][0]["nombre"].GetString()));
        CPPUNIT_ASSERT_EQUAL(2, categories["categorias"][0]["productos"].GetInt());
    }

    void testAnIdWinsOverAnEqualSku()
    {
        const auto location = _shop->write("POST", kAll, product("A")).header("Location");
        const auto id = location.substr(std::string(kAll).size() + 1);
        CPPUNIT_ASSERT_EQUAL(201, status("POST", kAll, product(id)));
        CPPUNIT_ASSERT_EQUAL(std::string("A"), std::string(_shop->get(location)["sku"].GetString()));
        CPPUNIT_ASSERT_EQUAL(204, _shop->send({.method = "DELETE", .path = location}).status());
        CPPUNIT_ASSERT_EQUAL(id, std::string(_shop->get(location)["sku"].GetString())); // nobody's id any more
    }

    std::unique_ptr<zoco::test::TempFolder> _folder;
    std::unique_ptr<Shop> _shop;
};

ZOCO_TEST_ON_BOTH(WriteTest);
