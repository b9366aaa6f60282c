#include "core/keys/KeySet.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>

namespace zoco::host::test
{

/// The text of a set of keys.
class KeySetTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(KeySetTest);
    CPPUNIT_TEST(testWhatIsWrittenIsReadAgain);
    CPPUNIT_TEST(testTheOnlyKeyIsActive);
    CPPUNIT_TEST(testPartsMayStandInOneLine);
    CPPUNIT_TEST(testFaultsSayWhatIsWrongAndShowNoSecret);
    CPPUNIT_TEST(testKeysComeAndGo);
    CPPUNIT_TEST_SUITE_END();

    static std::string digits(char c) { return std::string(64, c); }

public:
    void testWhatIsWrittenIsReadAgain()
    {
        auto keys = KeySet::fresh();
        const auto other = keys.addNew();
        const auto again = KeySet::parse(keys.text()).value();
        CPPUNIT_ASSERT_EQUAL(keys.text(), again.text());
        CPPUNIT_ASSERT(again.index() == keys.index());
        CPPUNIT_ASSERT_EQUAL(keys.active()->id, again.active()->id);
        CPPUNIT_ASSERT(again.active()->id != other);
        CPPUNIT_ASSERT(again.find(other)->secret == keys.find(other)->secret);
        CPPUNIT_ASSERT_EQUAL(std::size_t{20}, again.find(other)->created.size());
        CPPUNIT_ASSERT(!(KeySet::fresh().index() == keys.index()));
        CPPUNIT_ASSERT(KeySet::fresh().indexFingerprint() != keys.indexFingerprint());
    }

    void testTheOnlyKeyIsActive()
    {
        const auto keys =
            KeySet::parse("index " + digits('a') + "\n\n# a comment\nkey 0000000f " + digits('B')).value();
        CPPUNIT_ASSERT_EQUAL(KeyId{15}, keys.active()->id);
        CPPUNIT_ASSERT_EQUAL(digits('b'), keys.active()->secret.hex());
    }

    void testPartsMayStandInOneLine()
    {
        const auto keys = KeySet::parse("index " + digits('a') + "; key 00000001 " + digits('b') + ";key 00000002 " +
                                        digits('c') + " 2026-01-01T00:00:00Z; active 00000002")
                              .value();
        CPPUNIT_ASSERT_EQUAL(KeyId{2}, keys.active()->id);
        CPPUNIT_ASSERT(KeySet::parse("clear").value().isClear());
    }

    void testFaultsSayWhatIsWrongAndShowNoSecret()
    {
        const auto index = "index " + digits('5') + "\n";
        const auto key = "key 00000001 " + digits('5') + "\n";
        const struct
        {
            std::string text;
            const char* part;
        } cases[] = {
            {"", "the index key is missing"},
            {key, "the index key is missing"},
            {index, "there is no key"},
            {index + key + key, "line 3: there are two keys 00000001"},
            {index + index + key, "line 2: there are two index keys"},
            {index + key + "active 00000002", "the active key 00000002 is missing"},
            {index + key + "key 00000002 " + digits('5'), "no key is active"},
            {index + key + "active 1", "line 3: the active key is written as"},
            {index + "key 00000000 " + digits('5'), "line 2: a key is written as"},
            {index + "key 00000001 " + digits('5') + "5", "line 2: a key is written as"},
            {index + "key 00000001 " + digits('g'), "line 2: a key is written as"},
            {"index 55", "line 1: an index key is written as"},
            {digits('5'), "line 1: it begins with none of"},
            {"clear;" + index + key, "\"clear\" stands alone"},
        };
        for (const auto& c : cases)
        {
            const auto keys = KeySet::parse(c.text);
            CPPUNIT_ASSERT_MESSAGE(c.text, !keys.ok());
            const auto& detail = keys.problem().detail;
            CPPUNIT_ASSERT_MESSAGE(detail, detail.find(c.part) != std::string::npos);
            CPPUNIT_ASSERT_MESSAGE(detail, detail.find("5555") == std::string::npos);
        }
    }

    void testKeysComeAndGo()
    {
        auto keys = KeySet::fresh();
        const auto first = keys.active()->id;
        const auto second = keys.addNew();
        CPPUNIT_ASSERT_EQUAL(first, keys.active()->id);
        keys.activate(second);
        keys.remove(first);
        CPPUNIT_ASSERT(keys.find(first) == nullptr);
        CPPUNIT_ASSERT_EQUAL(second, KeySet::parse(keys.text()).value().active()->id);
        CPPUNIT_ASSERT_EQUAL(second, keyIdFrom(keyIdText(second)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeySetTest);

} // namespace zoco::host::test
