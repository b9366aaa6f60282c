#include "core/config/NearestWord.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

class NearestWordTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(NearestWordTest);
    CPPUNIT_TEST(testNearest);
    CPPUNIT_TEST(testHint);
    CPPUNIT_TEST_SUITE_END();

public:
    void testNearest()
    {
        const std::vector<std::string> words{"host.listen", "host.hosts", "host.workers", "log.level"};
        struct Case
        {
            std::string word;
            std::string nearest;
        };
        for (const auto& c : std::vector<Case>{
                 {"host.listen", "host.listen"},
                 {"host.lsiten", "host.listen"},  // swapped
                 {"host.listn", "host.listen"},   // dropped
                 {"host.llisten", "host.listen"}, // doubled
                 {"host.listem", "host.listen"},  // replaced
                 {"hots.wokers", "host.workers"},
                 {"loglevel", "log.level"},
                 {"database.url", ""},
                 {"x", ""},
             })
            CPPUNIT_ASSERT_EQUAL_MESSAGE(c.word, c.nearest, nearestWord(c.word, words));
        CPPUNIT_ASSERT_EQUAL(std::string(), nearestWord("a", {}));
        CPPUNIT_ASSERT_EQUAL(std::string("no"), nearestWord("on", {"yes", "no"}));
    }

    void testHint()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("; did you mean blue?"), didYouMean("bleu", {"red", "blue"}));
        CPPUNIT_ASSERT_EQUAL(std::string(), didYouMean("something", {"red", "blue"}));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(NearestWordTest);

} // namespace zoco::host::test
