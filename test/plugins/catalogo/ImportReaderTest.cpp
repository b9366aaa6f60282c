#include "import/ByteSources.h"
#include "import/DelimitedReader.h"
#include "import/ImportFaults.h"
#include "import/ImportOptions.h"
#include "import/JsonRecordReader.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace catalogo;

class ImportReaderTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ImportReaderTest);
    CPPUNIT_TEST(testCsvForms);
    CPPUNIT_TEST(testQuotedFieldsMayHaveAnything);
    CPPUNIT_TEST(testCsvFaultsHaveTheirPlace);
    CPPUNIT_TEST(testAFaultyRowDoesNotHideTheNextOnes);
    CPPUNIT_TEST(testPositionsCountCharactersAndLines);
    CPPUNIT_TEST(testFilesLargerThanTheBuffer);
    CPPUNIT_TEST(testJsonForms);
    CPPUNIT_TEST(testJsonKeepsDigitsAndNestedValues);
    CPPUNIT_TEST(testJsonFaultsHaveTheirPlace);
    CPPUNIT_TEST(testJsonPositionsOfValues);
    CPPUNIT_TEST(testDeepJsonIsReadWithoutRecursion);
    CPPUNIT_TEST(testTheReceiverMayEndTheReading);
    CPPUNIT_TEST(testOnlyTwentyFaultsAreKept);
    CPPUNIT_TEST(testOptions);
    CPPUNIT_TEST(testWrongUsage);
    CPPUNIT_TEST_SUITE_END();

    enum class Format
    {
        Csv = 1,
        Tsv,
        Json
    };

    struct Outcome
    {
        std::string rows;                ///< values with '|' between, rows with '/'
        std::vector<std::string> faults; ///< "line:column"
        std::vector<Record> records;
    };

    static Outcome read(const std::string& text, Format format, int limit = 1000)
    {
        Outcome out;
        const RecordEvents events{[&](const Record& record)
                                  {
                                      if (!out.rows.empty()) out.rows += '/';
                                      for (std::size_t i = 0; i < record.fields.size(); ++i)
                                          out.rows += (i > 0 ? "|" : "") + record.fields[i].text;
                                      out.records.push_back(record);
                                      return --limit > 0;
                                  },
                                  [&](Position at, const std::string&)
                                  { out.faults.push_back(std::to_string(at.line) + ':' + std::to_string(at.column)); }};
        MemorySource source(text);
        CharStream stream(source);
        if (format == Format::Json)
            readJsonRecords(stream, events);
        else
            DelimitedReader(stream, format == Format::Tsv ? DelimitedReader::Form::Tsv : DelimitedReader::Form::Csv,
                            events)
                .run();
        return out;
    }

    void testCsvForms()
    {
        const struct
        {
            Format format;
            const char* text;
            const char* rows;
        } cases[] = {{Format::Csv, "a,b\n1,2\n", "1|2"},
                     {Format::Csv, "a,b\n1,2", "1|2"},
                     {Format::Csv, "a,b\r\n1,2\r\n3,4\r\n", "1|2/3|4"},
                     {Format::Csv, "a,b\r1,2\r3,4", "1|2/3|4"},
                     {Format::Csv,
                      "\xEF\xBB\xBF"
                      "a,b\n1,2\n",
                      "1|2"},
                     {Format::Csv, "a;b;c\n1,5;2;\n", "1,5|2|"},
                     {Format::Csv, "\"a;x\",b,c\n1,2,3\n", "1|2|3"},
                     {Format::Csv, "a,b\n\n  \n1,2\n\n", "1|2"},
                     {Format::Csv, "a,b\n 1 ,\t2 \n", "1|2"},
                     {Format::Csv, "a\n5 \"x\n", "5 \"x"},
                     {Format::Csv, "a,b\n", ""},
                     {Format::Tsv, "a\tb\n1,5\t\"x\"\"y\"\n", "1,5|x\"y"}};
        for (const auto& c : cases)
        {
            const auto outcome = read(c.text, c.format);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.text, std::string(c.rows), outcome.rows);
            CPPUNIT_ASSERT_MESSAGE(c.text, outcome.faults.empty());
        }
    }

    void testQuotedFieldsMayHaveAnything()
    {
        const auto outcome = read("a,b\n\"1,\"\"2\"\"\nx;\",\"\"\n3,4\n", Format::Csv);
        CPPUNIT_ASSERT_EQUAL(std::string("1,\"2\"\nx;|/3|4"), outcome.rows);
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), outcome.records.at(1).at.line);
    }

    void testCsvFaultsHaveTheirPlace()
    {
        const std::pair<std::string, std::string> cases[] = {{"", "1:1"},                  // empty
                                                             {"a,b\n1,2,3\n", "2:5"},      // too many fields
                                                             {"a,b\n1\n", "2:1"},          // too few
                                                             {"a,b\n1,\"open\n\n", "2:3"}, // quote never closed
                                                             {"a,b\n1,\"x\"y\n", "2:6"},   // behind the quote
                                                             {"a,a\n1,2\n", "1:3"},        // a column twice
                                                             {"a,b\n1,\xFF\n", "2:3"},     // no UTF-8
                                                             {std::string("a,b\n\0,2\n", 8), "2:1"}};
        for (const auto& [text, place] : cases)
        {
            const auto outcome = read(text, Format::Csv);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::size_t(1), outcome.faults.size());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, place, outcome.faults[0]);
            CPPUNIT_ASSERT_MESSAGE(text, outcome.rows.empty());
        }
    }

    void testAFaultyRowDoesNotHideTheNextOnes()
    {
        const auto outcome = read("a,b\n1,\"x\"y,z\n1\n5,6\n", Format::Csv);
        CPPUNIT_ASSERT(outcome.faults == (std::vector<std::string>{"2:6", "3:1"}));
        CPPUNIT_ASSERT_EQUAL(std::string("5|6"), outcome.rows);
    }

    void testPositionsCountCharactersAndLines()
    {
        const auto outcome = read("a,b\r\n\"ñ€\r\n😀\",7\r\nñ,8", Format::Csv);
        CPPUNIT_ASSERT(outcome.records.at(0).fields.at(1).at == (Position{3, 4}));
        CPPUNIT_ASSERT(outcome.records.at(1).fields.at(1).at == (Position{4, 3}));
    }

    void testFilesLargerThanTheBuffer()
    {
        std::string text = "a,b\n";
        for (int i = 0; i < 30000; ++i) text += std::to_string(i) + ",ñ\r\n";
        const auto outcome = read(text + "bad\r\n", Format::Csv, 100000);
        CPPUNIT_ASSERT_EQUAL(std::size_t(30000), outcome.records.size());
        CPPUNIT_ASSERT_EQUAL(std::string("29999"), outcome.records.back().fields.front().text);
        CPPUNIT_ASSERT(outcome.faults == std::vector<std::string>{"30002:1"});
    }

    void testJsonForms()
    {
        const std::pair<const char*, const char*> cases[] = {
            {R"([{"a":"1","b":2},{"a":"3"}])", "1|2/3"},
            {R"({"productos":[{"a":"1"}],"total":1})", "1"},
            {R"({"total":1,"meta":{"productos":[{"a":"no"}]},"products":[{"a":"1"}]})", "1"},
            {"\xEF\xBB\xBF [ {\"a\" : null, \"b\":true} ] \n", "|true"},
            {R"([{"a":"\u00f1\n"}])", "ñ\n"},
            {"[]", ""}};
        for (const auto& [text, rows] : cases)
        {
            const auto outcome = read(text, Format::Json);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::string(rows), outcome.rows);
            CPPUNIT_ASSERT_MESSAGE(text, outcome.faults.empty());
        }
    }

    void testJsonKeepsDigitsAndNestedValues()
    {
        const auto outcome = read(
            R"([{"p":19.990,"t":["x",5,null,["deep"]],"d":{"w":1.50,"h":"2","n":{"no":1}},"e":[]}])", Format::Json);
        const auto& fields = outcome.records.at(0).fields;
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), fields.size());
        CPPUNIT_ASSERT_EQUAL(std::string("19.990"), fields[0].text);
        CPPUNIT_ASSERT(fields[1].kind == Field::Kind::List);
        CPPUNIT_ASSERT(fields[1].items == (decltype(fields[1].items){{"", "x"}, {"", "5"}}));
        CPPUNIT_ASSERT(fields[2].kind == Field::Kind::Object);
        CPPUNIT_ASSERT(fields[2].items == (decltype(fields[2].items){{"w", "1.50"}, {"h", "2"}}));
        CPPUNIT_ASSERT(fields[3].items.empty());
    }

    void testJsonFaultsHaveTheirPlace()
    {
        const std::pair<const char*, const char*> cases[] = {{"", "1:1"},          {"{}", "1:1"},
                                                             {"5", "1:1"},         {"[\n  5]", "2:3"},
                                                             {"[\n [1]]", "2:2"},  {"[{\"a\":1},\n{\"a\":}]", "2:6"},
                                                             {"[{\"a\":1}", "1:9"}};
        for (const auto& [text, place] : cases)
        {
            const auto outcome = read(text, Format::Json);
            CPPUNIT_ASSERT_MESSAGE(text, !outcome.faults.empty());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(text, std::string(place), outcome.faults[0]);
        }
    }

    void testJsonPositionsOfValues()
    {
        const auto outcome = read("[\n  {\"ñ\": \"x\\\"y\",\n   \"b\": -12.5}]", Format::Json);
        const auto& record = outcome.records.at(0);
        CPPUNIT_ASSERT(record.at == (Position{2, 3}));
        CPPUNIT_ASSERT(record.fields.at(0).at == (Position{2, 9}));
        CPPUNIT_ASSERT(record.fields.at(1).at == (Position{3, 9}));
    }

    void testDeepJsonIsReadWithoutRecursion()
    {
        const std::size_t depth = 200'000;
        const auto text = "[{\"a\":" + std::string(depth, '[') + std::string(depth, ']') + "}]";
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), read(text, Format::Json).records.size());
    }

    void testTheReceiverMayEndTheReading()
    {
        const auto json = read(R"([{"a":1},{"a":2},{"a":3}])", Format::Json, 2);
        CPPUNIT_ASSERT_EQUAL(std::string("1/2"), json.rows);
        CPPUNIT_ASSERT(json.faults.empty());
        CPPUNIT_ASSERT_EQUAL(std::string("1/2"), read("a\n1\n2\n3\n", Format::Csv, 2).rows);
    }

    void testOnlyTwentyFaultsAreKept()
    {
        ImportFaults faults;
        for (std::size_t i = 1; i <= 23; ++i) faults.add("f.csv", {i, 2}, "bad");
        const auto lines = faults.lines();
        CPPUNIT_ASSERT_EQUAL(std::size_t(21), lines.size());
        CPPUNIT_ASSERT_EQUAL(std::string("f.csv:1:2: bad"), lines.front());
        CPPUNIT_ASSERT_EQUAL(std::string("and 3 more"), lines.back());
    }

    void testOptions()
    {
        const zoco::test::TempFolder folder;
        const auto o = ImportOptions::parse({"--dry-run", "a.CSV", "--moneda=GBP", "--imagenes", ".", "--", "-x.json"},
                                            folder.path());
        CPPUNIT_ASSERT_EQUAL(std::string(), o.fault);
        CPPUNIT_ASSERT(o.isDryRun && o.moneda == "GBP" && o.files.size() == 2);
        CPPUNIT_ASSERT(o.files[0].format == ImportFormat::Csv && o.files[1].format == ImportFormat::Json);
        CPPUNIT_ASSERT(o.pictureFolder.starts_with(folder.path()));
        CPPUNIT_ASSERT(ImportOptions::parse({"--formato", "tsv", "a.txt"}, "/").files.at(0).format ==
                       ImportFormat::Tsv);
        CPPUNIT_ASSERT(ImportOptions::parse({"--help"}, "/").isHelp);
    }

    void testWrongUsage()
    {
        const std::vector<std::vector<std::string_view>> cases = {{},
                                                                  {"--dry-run"},
                                                                  {"a.txt"},
                                                                  {"--bad", "a.csv"},
                                                                  {"a.csv", "--moneda"},
                                                                  {"--moneda", "eur", "a.csv"},
                                                                  {"--formato", "xml", "a.csv"},
                                                                  {"--imagenes", "not-there", "a.csv"}};
        for (const auto& args : cases) CPPUNIT_ASSERT(!ImportOptions::parse(args, "/").fault.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ImportReaderTest);
