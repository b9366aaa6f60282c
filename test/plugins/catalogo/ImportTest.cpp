#include "ShopTest.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>
#include <filesystem>
#include <fstream>
#include <future>
#include <memory>
#include <sys/stat.h>

using namespace catalogo::test;

class ImportTest : public ShopTest
{
    CPPUNIT_TEST_SUITE(ImportTest);
    CPPUNIT_TEST(testOneFaultImportsNothing);
    CPPUNIT_TEST(testDryRunWritesNothing);
    CPPUNIT_TEST(testImportingAgainChangesNothing);
    CPPUNIT_TEST(testOnlyWhatTheFileSaysIsChanged);
    CPPUNIT_TEST(testASkuTwiceIsAFault);
    CPPUNIT_TEST(testThousandsOfRowsInOneGroup);
    CPPUNIT_TEST(testPicturesAreLoadedAndKeptOnce);
    CPPUNIT_TEST(testABadPictureImportsNothing);
    CPPUNIT_TEST(testCancelLeavesNothingChanged);
    CPPUNIT_TEST(testASecondImportMeanwhileIsRefused);
    CPPUNIT_TEST(testAFileThatIsTooLargeIsAFault);
    CPPUNIT_TEST(testSeveralFilesAndFormats);
    CPPUNIT_TEST(testWhatWasLeftOutIsSaid);
    CPPUNIT_TEST(testMissingAndEmptyFilesAreFaults);
    CPPUNIT_TEST(testWrongUsageIsExitStatus2);
    CPPUNIT_TEST(testCurrencies);
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
    static constexpr auto kSvg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";

    zoco::testing::CommandResult import(const std::vector<std::string>& args, bool isCancelled = false)
    {
        return _shop->import(args, _folder->path(), isCancelled);
    }
    static bool startsWith(const std::vector<std::string>& lines, const std::string& beginning)
    {
        for (const auto& line : lines)
            if (line.starts_with(beginning)) return true;
        return false;
    }
    bool hasPictures() const
    {
        const auto path = _folder->path("files/catalogo/imagenes");
        return std::filesystem::exists(path) && !std::filesystem::is_empty(path);
    }

    void testOneFaultImportsNothing()
    {
        _folder->write("p.csv", "sku,nombre,precio\nA,Uno,1\nB,Dos,dos\nC,,3\n");
        const auto result = import({"p.csv"});
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT(startsWith(result.error, "p.csv:3:7: precio: "));
        CPPUNIT_ASSERT(startsWith(result.error, "p.csv:4:3: nombre: "));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
    }

    void testDryRunWritesNothing()
    {
        _folder->write("p.csv", "sku,nombre,precio,imagen\nA,Uno,1,a.svg\n");
        _folder->write("a.svg", kSvg);
        const auto result = import({"--dry-run", "--imagenes", ".", "p.csv"});
        CPPUNIT_ASSERT_EQUAL(0, result.exitStatus);
        CPPUNIT_ASSERT(
            startsWith(result.out, "dry run, nothing was changed: 1 new, 0 updated, 0 unchanged, 1 pictures"));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
        CPPUNIT_ASSERT(!hasPictures());
    }

    void testImportingAgainChangesNothing()
    {
        _folder->write("p.csv", "sku,nombre,precio,categoria,stock\nA,Uno,1,Año,5\nB,Dos,2,,\n");
        CPPUNIT_ASSERT(startsWith(import({"p.csv"}).out, "imported: 2 new, 0 updated, 0 unchanged"));
        const auto before = _shop->send({.path = "/Catalogo/productos/A"}).body();
        CPPUNIT_ASSERT(startsWith(import({"p.csv"}).out, "imported: 0 new, 0 updated, 2 unchanged"));
        CPPUNIT_ASSERT_EQUAL(before, _shop->send({.path = "/Catalogo/productos/A"}).body());
    }

    void testOnlyWhatTheFileSaysIsChanged()
    {
        _folder->write("p.csv", "sku,nombre,precio,categoria,stock,descripcion,peso\nA,Uno,1,Año,5,Larga,1 kg\n");
        _folder->write("q.csv", "sku,nombre,precio,stock\nA,Uno nuevo,2,\n");
        import({"p.csv"});
        const std::string id = _shop->get("/Catalogo/productos/A")["id"].GetString();
        CPPUNIT_ASSERT(startsWith(import({"q.csv"}).out, "imported: 0 new, 1 updated, 0 unchanged"));
        const auto p = _shop->get("/Catalogo/productos/" + id);
        CPPUNIT_ASSERT_EQUAL(std::string("Uno nuevo"), std::string(p["nombre"].GetString()));
        CPPUNIT_ASSERT_EQUAL(200, p["precio"]["importe"].GetInt());
        CPPUNIT_ASSERT(p["existencias"].IsNull() && p["disponible"].GetBool());
        CPPUNIT_ASSERT_EQUAL(std::string("ano"), std::string(p["categoria"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string("Larga"), std::string(p["descripcion"].GetString()));
        CPPUNIT_ASSERT_EQUAL(1u, p["atributos"].Size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), _shop->get("/Catalogo/productos?q=nuevo")["total"].GetInt64());
    }

    void testASkuTwiceIsAFault()
    {
        _folder->write("p.csv", "sku,nombre,precio\nA,Uno,1\n");
        _folder->write("q.csv", "sku,nombre,precio\nB,Dos,1\nA,Uno,1\n");
        const auto result = import({"p.csv", "q.csv"});
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT(startsWith(result.error, "q.csv:3:1: "));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
    }

    void testThousandsOfRowsInOneGroup()
    {
        std::string tsv = "sku\tnombre\tprecio\n";
        for (int i = 0; i < 5000; ++i) tsv += std::to_string(i) + "\tProducto " + std::to_string(i) + "\t1,25\n";
        _folder->write("p.tsv", tsv);
        const auto result = import({"p.tsv"});
        CPPUNIT_ASSERT_EQUAL(0, result.exitStatus);
        CPPUNIT_ASSERT(!result.progress.empty());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(5000), _shop->total());
    }

    void testPicturesAreLoadedAndKeptOnce()
    {
        _folder->write("p.json", R"({"productos":[{"id":7,"name":"Siete","price":1.5},
                                    {"id":8,"name":"Ocho","price":2,"imagenes":["x/a.svg","x/b.svg"]}]})");
        _folder->write("pics/7.svg", kSvg);
        _folder->write("pics/x/a.svg", kSvg);
        _folder->write("pics/x/b.svg", std::string(kSvg) + " ");
        const auto result = import({"p.json", "--imagenes=pics"});
        CPPUNIT_ASSERT_EQUAL(0, result.exitStatus);
        CPPUNIT_ASSERT(startsWith(result.out, "imported: 2 new, 0 updated, 0 unchanged, 2 pictures"));
        const auto seven = _shop->get("/Catalogo/productos/7");
        const auto eight = _shop->get("/Catalogo/productos/8");
        CPPUNIT_ASSERT_EQUAL(2u, eight["imagenes"].Size());
        CPPUNIT_ASSERT_EQUAL(std::string(seven["imagen"].GetString()), std::string(eight["imagen"].GetString()));
        CPPUNIT_ASSERT_EQUAL(std::string(kSvg), _shop->send({.path = seven["imagen"].GetString()}).body());
        CPPUNIT_ASSERT(startsWith(import({"p.json"}).out, "picture files that were not loaded"));
        CPPUNIT_ASSERT_EQUAL(2u, _shop->get("/Catalogo/productos/8")["imagenes"].Size());
    }

    void testABadPictureImportsNothing()
    {
        _folder->write("p.csv", "sku,nombre,precio,imagen\nA,Uno,1,a.svg\nB,Dos,1,b.svg\nC,Tres,1,none.svg\n");
        _folder->write("a.svg", kSvg);
        _folder->write("b.svg", "<svg><script>x</script></svg>");
        const auto result = import({"p.csv", "--imagenes", "."});
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT(startsWith(result.error, "p.csv:3:9: ") && startsWith(result.error, "p.csv:4:10: "));
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
        CPPUNIT_ASSERT(!hasPictures());
    }

    void testCancelLeavesNothingChanged()
    {
        _folder->write("p.csv", "sku,nombre,precio,imagen\nA,Uno,1,a.svg\n");
        _folder->write("a.svg", kSvg);
        CPPUNIT_ASSERT_EQUAL(1, import({"p.csv", "--imagenes", "."}, true).exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), _shop->total());
        CPPUNIT_ASSERT(!hasPictures());
    }

    void testASecondImportMeanwhileIsRefused()
    {
        const auto pipe = _folder->path("slow.csv");
        CPPUNIT_ASSERT_EQUAL(0, ::mkfifo(pipe.c_str(), 0600));
        _folder->write("p.csv", "sku,nombre,precio\nA,Uno,1\n");
        auto first = std::async(std::launch::async, [&] { return import({"slow.csv"}).exitStatus; });
        std::ofstream rows(pipe); // waits until the first one reads
        const auto second = import({"p.csv"}).exitStatus;
        rows << "sku,nombre,precio\nB,Dos,2\n";
        rows.close();
        CPPUNIT_ASSERT_EQUAL(0, first.get());
        CPPUNIT_ASSERT_EQUAL(1, second);
        CPPUNIT_ASSERT_EQUAL(0, import({"p.csv"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(2), _shop->total());
    }

    void testAFileThatIsTooLargeIsAFault()
    {
        _folder->write("p.csv", "sku,nombre,precio\nA,Uno,1\n");
        std::filesystem::resize_file(_folder->path("p.csv"), 257 * 1024 * 1024);
        const auto result = import({"p.csv"});
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        CPPUNIT_ASSERT(startsWith(result.error, "p.csv: cannot be opened: "));
    }

    void testSeveralFilesAndFormats()
    {
        _folder->write("a.csv", "código;nombre;precio;categoría\r\nA;\"Uno; y medio\";\"1.234,50\";Año\r\n");
        _folder->write("b.txt", "producto\tnombre\tprecio_mediano\nB\t\"Dice \"\"dos\"\"\"\t0.85\n");
        CPPUNIT_ASSERT_EQUAL(0, import({"a.csv"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(0, import({"--formato", "tsv", "b.txt"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(123450, _shop->get("/Catalogo/productos/A")["precio"]["importe"].GetInt());
        CPPUNIT_ASSERT_EQUAL(std::string("Dice \"dos\""),
                             std::string(_shop->get("/Catalogo/productos/B")["nombre"].GetString()));
    }

    void testWhatWasLeftOutIsSaid()
    {
        _folder->write("p.csv", "sku,nombre,precio,lineas,imagen\nA,Uno,1.005,3,https://x/y.png\n");
        const auto result = import({"p.csv"});
        CPPUNIT_ASSERT_EQUAL(0, result.exitStatus);
        CPPUNIT_ASSERT(startsWith(result.out, "columns that were ignored: lineas"));
        CPPUNIT_ASSERT(startsWith(result.out, "pictures that are addresses"));
        CPPUNIT_ASSERT(startsWith(result.out, "prices with more decimals"));
    }

    void testMissingAndEmptyFilesAreFaults()
    {
        _folder->write("empty.csv", "");
        _folder->write("header.csv", "sku,nombre,precio\n");
        const auto result = import({"none.csv", "empty.csv", "header.csv"});
        CPPUNIT_ASSERT_EQUAL(1, result.exitStatus);
        for (const auto* name : {"none.csv: ", "empty.csv:1:1: ", "header.csv: "})
            CPPUNIT_ASSERT_MESSAGE(name, startsWith(result.error, name));
    }

    void testWrongUsageIsExitStatus2()
    {
        CPPUNIT_ASSERT_EQUAL(2, import({}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(2, import({"--what", "p.csv"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(0, import({"--help"}).exitStatus);
    }

    void testCurrencies()
    {
        _folder->write("p.csv", "sku,nombre,precio,moneda\nA,Uno,1,\nB,Dos,100,JPY\n");
        CPPUNIT_ASSERT_EQUAL(0, import({"--moneda", "GBP", "p.csv"}).exitStatus);
        CPPUNIT_ASSERT_EQUAL(std::string("GBP"),
                             std::string(_shop->get("/Catalogo/productos/A")["precio"]["moneda"].GetString()));
        CPPUNIT_ASSERT_EQUAL(100, _shop->get("/Catalogo/productos/B")["precio"]["importe"].GetInt());
    }

    std::unique_ptr<zoco::test::TempFolder> _folder;
    std::unique_ptr<Shop> _shop;
};

ZOCO_TEST_ON_BOTH(ImportTest);
