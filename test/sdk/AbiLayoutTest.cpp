#include <cppunit/extensions/HelperMacros.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace
{

std::string readFile(const std::filesystem::path& path)
{
    std::ifstream in(path);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

/// The golden file's lines are compared elsewhere; this sees to it that they are complete.
class AbiLayoutTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AbiLayoutTest);
    CPPUNIT_TEST(testEveryStructAndMemberIsInTheGoldenFile);
    CPPUNIT_TEST(testEveryNumberIsInTheGoldenFile);
    CPPUNIT_TEST_SUITE_END();

public:
    void setUp() override
    {
        std::istringstream lines(readFile(ZOCO_SOURCE_DIR "/test/sdk/abi_layout.golden"));
        for (std::string line; std::getline(lines, line);) _known.insert(line.substr(0, line.find(' ')));
        const std::regex comment(R"(/\*[^*]*\*+([^/*][^*]*\*+)*/)");
        for (const auto& header : std::filesystem::directory_iterator(ZOCO_SOURCE_DIR "/sdk/include/zoco/abi"))
            _headers += std::regex_replace(readFile(header.path()), comment, "");
    }

    void testEveryStructAndMemberIsInTheGoldenFile()
    {
        const std::regex structure(R"(typedef struct (\w+)\s*\{([^}]*(?:\}[^}]*)?)\}\s*\1;)");
        const std::regex member(R"((?:\(\*(\w+)\)\([^;]*|(\w+));)");
        std::size_t members = 0;
        for (auto s = find(structure); s != std::sregex_iterator(); ++s)
        {
            const auto name = (*s)[1].str();
            const auto body = (*s)[2].str();
            CPPUNIT_ASSERT_MESSAGE(name, _known.contains(name));
            for (std::sregex_iterator m(body.begin(), body.end(), member); m != std::sregex_iterator(); ++m, ++members)
            {
                const auto found = name + "." + ((*m)[1].matched ? (*m)[1].str() : (*m)[2].str());
                const bool isOfUnion = _known.contains(name + ".as." + ((*m)[2].str()));
                CPPUNIT_ASSERT_MESSAGE(found, _known.contains(found) || isOfUnion);
            }
        }
        CPPUNIT_ASSERT(members > 100);
    }

    void testEveryNumberIsInTheGoldenFile()
    {
        const std::regex number(R"((?:#define (ZOCO_\w+) [^\n(_]|(ZOCO_\w+)\s*=))");
        std::size_t count = 0;
        for (auto n = find(number); n != std::sregex_iterator(); ++n, ++count)
        {
            const auto name = (*n)[1].matched ? (*n)[1].str() : (*n)[2].str();
            CPPUNIT_ASSERT_MESSAGE(name, name == "ZOCO_EXPORT" || _known.contains(name));
        }
        CPPUNIT_ASSERT(count > 40);
    }

private:
    std::sregex_iterator find(const std::regex& what) const { return {_headers.begin(), _headers.end(), what}; }

    std::set<std::string> _known;
    std::string _headers;
};

CPPUNIT_TEST_SUITE_REGISTRATION(AbiLayoutTest);

} // namespace
