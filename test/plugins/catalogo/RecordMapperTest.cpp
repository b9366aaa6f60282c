#include "import/RecordMapper.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace catalogo;

class RecordMapperTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RecordMapperTest);
    CPPUNIT_TEST(testNamesOfColumns);
    CPPUNIT_TEST(testTheBestOfSeveralColumnsCounts);
    CPPUNIT_TEST(testAbsentAndEmptyFieldsDiffer);
    CPPUNIT_TEST(testEveryFaultIsTold);
    CPPUNIT_TEST(testMissingColumnsAreFaults);
    CPPUNIT_TEST(testAttributes);
    CPPUNIT_TEST(testTaxAndWeight);
    CPPUNIT_TEST(testPicturesAndAddresses);
    CPPUNIT_TEST(testUnknownColumnsAreNamedOnce);
    CPPUNIT_TEST_SUITE_END();

    using Pairs = std::vector<std::pair<std::string, std::string>>;

    static Record record(const Pairs& pairs)
    {
        Record out{{2, 1}, {}};
        std::size_t column = 1;
        for (const auto& [name, text] : pairs) out.fields.push_back({name, {2, column++}, Field::Kind::Text, text, {}});
        return out;
    }

    ImportedProduct map(const Record& r)
    {
        _faults.clear();
        return _mapper.map(r, [&](Position at, const std::string&) { _faults.push_back(at.column); });
    }

    void testNamesOfColumns()
    {
        const Pairs cases[] = {{{"sku", "A"}, {"nombre", "N"}, {"precio", "1,5"}},
                               {{"Producto", "A"}, {"Name", "N"}, {"Precio mediano", "1.50"}},
                               {{"CÓDIGO", "A"}, {"title", "N"}, {"Price", "1.5"}},
                               {{"Id", "A"}, {"NOMBRE", "N"}, {"importe", "1,50"}}};
        for (const auto& pairs : cases)
        {
            const auto p = map(record(pairs));
            CPPUNIT_ASSERT(_faults.empty());
            CPPUNIT_ASSERT_EQUAL(std::string("A"), p.data.sku);
            CPPUNIT_ASSERT_EQUAL(std::string("N"), p.data.nombre);
            CPPUNIT_ASSERT_EQUAL(std::int64_t(150), p.data.importe);
            CPPUNIT_ASSERT_EQUAL(std::string("EUR"), p.data.moneda);
        }
    }

    void testTheBestOfSeveralColumnsCounts()
    {
        const auto p = map(record({{"id", "7"}, {"sku", "ABC"}, {"name", "N"}, {"nombre", "M"}, {"price", "1"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("ABC"), p.data.sku);
        CPPUNIT_ASSERT_EQUAL(std::string("M"), p.data.nombre);
        CPPUNIT_ASSERT(p.keys == (std::vector<std::string>{"ABC", "7"}));
    }

    void testAbsentAndEmptyFieldsDiffer()
    {
        const Pairs needed = {{"sku", "A"}, {"nombre", "N"}, {"precio", "1"}};
        const auto absent = map(record(needed));
        CPPUNIT_ASSERT(!absent.hasExistencias && !absent.hasMarca && !absent.hasCategoria && !absent.hasAtributos);
        auto more = needed;
        more.insert(more.end(), {{"stock", ""}, {"brand", ""}, {"type", "Quesos Ñ"}, {"moneda", ""}});
        const auto empty = map(record(more));
        CPPUNIT_ASSERT(_faults.empty());
        CPPUNIT_ASSERT(empty.hasExistencias && !empty.data.existencias);
        CPPUNIT_ASSERT(empty.hasMarca && !empty.data.marca);
        CPPUNIT_ASSERT(empty.data.categoria == (Categoria{"quesos-n", "Quesos Ñ"}));
        CPPUNIT_ASSERT_EQUAL(std::string("EUR"), empty.data.moneda);
    }

    void testEveryFaultIsTold()
    {
        map(record({{"sku", ""},
                    {"nombre", std::string(201, 'x')},
                    {"precio", "abc"},
                    {"moneda", "euro"},
                    {"categoria", "//"},
                    {"stock", "1.5"},
                    {"marca", "a\x01"}}));
        CPPUNIT_ASSERT_EQUAL(std::size_t(7), _faults.size());
        map(record({{"sku", "A"}, {"nombre", "N"}, {"precio", "1"}, {"stock", "-1"}}));
        CPPUNIT_ASSERT(_faults == std::vector<std::size_t>{4});
    }

    void testMissingColumnsAreFaults()
    {
        map(record({{"color", "rojo"}}));
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), _faults.size());
    }

    void testAttributes()
    {
        auto r =
            record({{"sku", "A"}, {"nombre", "N"}, {"precio", "1"}, {"peso", "2 kg"}, {"weight", "9"}, {"origen", ""}});
        r.fields.push_back({"tags", {2, 7}, Field::Kind::List, "", {{"", "a"}, {"", "b"}}});
        r.fields.push_back({"dimensions", {2, 8}, Field::Kind::Object, "", {{"w", "1"}, {"h", "2"}}});
        r.fields.push_back({"atributos", {2, 9}, Field::Kind::Object, "", {{"Leche", "Oveja"}}});
        const auto p = map(r);
        CPPUNIT_ASSERT(_faults.empty());
        CPPUNIT_ASSERT(p.data.atributos ==
                       (std::vector<Atributo>{
                           {"Peso", "2 kg"}, {"Etiquetas", "a, b"}, {"Dimensiones", "1 × 2"}, {"Leche", "Oveja"}}));
    }

    void testTaxAndWeight()
    {
        const Pairs needed = {{"sku", "A"}, {"nombre", "N"}, {"precio", "1"}};
        const auto with = [&](const Pairs& more)
        {
            auto all = needed;
            all.insert(all.end(), more.begin(), more.end());
            return map(record(all));
        };
        const auto absent = with({});
        CPPUNIT_ASSERT(!absent.hasIva && !absent.hasPeso);
        CPPUNIT_ASSERT_EQUAL(std::string("general"), absent.data.iva);
        const auto said = with({{"IVA", "superreducido"}, {"peso_g", "1250"}, {"peso", "3 kg"}});
        CPPUNIT_ASSERT_EQUAL(std::string("superreducido"), said.data.iva);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1250), said.data.peso);
        const std::pair<const char*, std::int64_t> weights[] = {
            {"350 g", 350}, {"7,5 kg", 7500}, {"1kg", 1000}, {"0.25 kg", 250}};
        for (const auto& [text, grams] : weights) CPPUNIT_ASSERT_EQUAL(grams, with({{"peso", text}}).data.peso);
        for (const auto* text : {"2", "mucho", "3 lb", "-1 g"}) CPPUNIT_ASSERT(!with({{"peso", text}}).hasPeso);
        CPPUNIT_ASSERT(_faults.empty());
        (void)with({{"iva", "21"}, {"gramos", "1,5"}});
        CPPUNIT_ASSERT(_faults == (std::vector<std::size_t>{4, 5}));
    }

    void testPicturesAndAddresses()
    {
        auto r =
            record({{"sku", "A"}, {"nombre", "N"}, {"precio", "1"}, {"imagen", "a.png | b/c.svg|https://x/y.png"}});
        r.fields.push_back({"images", {2, 5}, Field::Kind::List, "", {{"", "http://x/z.png"}, {"", "d.webp"}}});
        const auto p = map(r);
        CPPUNIT_ASSERT_EQUAL(std::size_t(3), p.pictures.size());
        CPPUNIT_ASSERT_EQUAL(std::string("b/c.svg"), p.pictures[1].name);
        CPPUNIT_ASSERT_EQUAL(std::uint64_t(2), _mapper.remotePictures());
    }

    void testUnknownColumnsAreNamedOnce()
    {
        for (int i = 0; i < 3; ++i)
            map(record({{"lineas", "1"}, {"sku", "A"}, {"nombre", "N"}, {"precio", "1"}, {"x", ""}}));
        CPPUNIT_ASSERT(_mapper.ignoredColumns() == (std::vector<std::string>{"lineas", "x"}));
    }

    const Folding _folding;
    RecordMapper _mapper{_folding, "EUR"};
    std::vector<std::size_t> _faults; ///< columns
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecordMapperTest);
