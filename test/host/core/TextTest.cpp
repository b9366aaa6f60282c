#include "core/Clock.h"
#include "core/RandomId.h"
#include "core/Utf8.h"

#include <cppunit/extensions/HelperMacros.h>

#include <set>
#include <string>
#include <thread>

namespace zoco::host::test
{

class ClockTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ClockTest);
    CPPUNIT_TEST(testRfc3339);
    CPPUNIT_TEST(testFirstTextOfAThread);
    CPPUNIT_TEST(testClocksRun);
    CPPUNIT_TEST_SUITE_END();

    static std::string text(std::int64_t micros)
    {
        std::string out;
        appendRfc3339(out, micros);
        return out;
    }

public:
    void testRfc3339()
    {
        for (const auto& [micros, expected] : std::vector<std::pair<std::int64_t, std::string>>{
                 {0, "1970-01-01T00:00:00.000000Z"},
                 {1, "1970-01-01T00:00:00.000001Z"},
                 {999'999, "1970-01-01T00:00:00.999999Z"},
                 {1'769'850'307'000'123, "2026-01-31T09:05:07.000123Z"},
                 {951'782'400'000'000, "2000-02-29T00:00:00.000000Z"},
                 {253'402'300'799'999'999, "9999-12-31T23:59:59.999999Z"},
                 {-1, "1969-12-31T23:59:59.999999Z"},
                 {-1'000'000, "1969-12-31T23:59:59.000000Z"},
                 {-1'000'001, "1969-12-31T23:59:58.999999Z"},
             })
            CPPUNIT_ASSERT_EQUAL(expected, text(micros));
    }

    /// A thread remembers its last second: there must be none before the first.
    void testFirstTextOfAThread()
    {
        std::string out;
        std::thread([&] { out = text(-1); }).join();
        CPPUNIT_ASSERT_EQUAL(std::string("1969-12-31T23:59:59.999999Z"), out);
    }

    void testClocksRun()
    {
        const auto steady = steadyNs();
        CPPUNIT_ASSERT(steadyNs() >= steady);
        CPPUNIT_ASSERT(unixMicros() > 1'700'000'000'000'000);
    }
};

class Utf8Test : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(Utf8Test);
    CPPUNIT_TEST(testValidTextIsNotCopied);
    CPPUNIT_TEST(testBadBytesAreReplaced);
    CPPUNIT_TEST_SUITE_END();

public:
    void testValidTextIsNotCopied()
    {
        for (const std::string text :
             {"", "ascii", "\xc3\xb1", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\xed\x9f\xbf", "\xee\x80\x80",
              "\xf4\x8f\xbf\xbf", "\xef\xbf\xbd", "\xc2\x80", "\xe0\xa0\x80", "\xf0\x90\x80\x80"})
        {
            std::string scratch;
            CPPUNIT_ASSERT(validUtf8(text, scratch).data() == text.data());
        }
    }

    void testBadBytesAreReplaced()
    {
        const std::string r = "\xef\xbf\xbd";
        for (const auto& [text, expected] : std::vector<std::pair<std::string, std::string>>{
                 {"\xff", r},
                 {"a\x80"
                  "b",
                  "a" + r + "b"},
                 {"\xc3", r},
                 {"\xc3(", r + "("},
                 {"\xc0\xaf", r + r},                 // overlong
                 {"\xe0\x80\xaf", r + r + r},         // overlong
                 {"\xed\xa0\x80", r + r + r},         // surrogate
                 {"\xf4\x90\x80\x80", r + r + r + r}, // beyond U+10FFFF
                 {"\xf5\x80\x80\x80", r + r + r + r},
                 {"\xe2\x82", r + r},
                 {"\xf0\x9f\x98", r + r + r},
                 {"\xc3\xb1\xff\xc3\xb1", "\xc3\xb1" + r + "\xc3\xb1"},
             })
        {
            std::string scratch;
            CPPUNIT_ASSERT_EQUAL(expected, std::string(validUtf8(text, scratch)));
        }
    }
};

class RandomIdTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RandomIdTest);
    CPPUNIT_TEST(testAlphabets);
    CPPUNIT_TEST(testDiffer);
    CPPUNIT_TEST(testThreadsDiffer);
    CPPUNIT_TEST_SUITE_END();

public:
    void testAlphabets()
    {
        std::string base32(1000, '?');
        std::string hex(999, '?');
        randomBase32(base32.data(), base32.size());
        randomHex(hex.data(), hex.size());
        CPPUNIT_ASSERT_EQUAL(std::string::npos, base32.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, hex.find_first_not_of("0123456789abcdef"));
        CPPUNIT_ASSERT_EQUAL(std::size_t(32), std::set<char>(base32.begin(), base32.end()).size());
        CPPUNIT_ASSERT_EQUAL(std::size_t(16), std::set<char>(hex.begin(), hex.end()).size());
    }

    void testDiffer()
    {
        std::set<std::string> ids;
        for (int i = 0; i < 10'000; ++i)
        {
            std::string id(20, '?');
            randomBase32(id.data(), id.size());
            CPPUNIT_ASSERT(ids.insert(id).second);
        }
    }

    void testThreadsDiffer()
    {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        std::thread([&] { first = randomBits(); }).join();
        std::thread([&] { second = randomBits(); }).join();
        CPPUNIT_ASSERT(first != second);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ClockTest);
CPPUNIT_TEST_SUITE_REGISTRATION(Utf8Test);
CPPUNIT_TEST_SUITE_REGISTRATION(RandomIdTest);

} // namespace zoco::host::test
