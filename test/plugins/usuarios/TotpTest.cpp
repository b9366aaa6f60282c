#include "cifra/Totp.h"
#include "cifra/Huella.h"
#include "text/Base64Url.h"

#include <cppunit/extensions/HelperMacros.h>

#include <utility>

using namespace usuarios;

class TotpTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(TotpTest);
    CPPUNIT_TEST(testVectorsOfTheRfc);
    CPPUNIT_TEST(testOneStepBeforeAndAfter);
    CPPUNIT_TEST(testACodeCountsOnce);
    CPPUNIT_TEST(testUriAndPicture);
    CPPUNIT_TEST(testEncodings);
    CPPUNIT_TEST_SUITE_END();

    static constexpr auto kSecret = "12345678901234567890";
    static constexpr std::int64_t kSecond = 1'000'000;

    /// RFC 6238, appendix B, the last six digits.
    void testVectorsOfTheRfc()
    {
        for (const auto& [seconds, code] : {std::pair<std::int64_t, const char*>{59, "287082"},
                                            {1111111109, "081804"},
                                            {1111111111, "050471"},
                                            {1234567890, "005924"},
                                            {2000000000, "279037"},
                                            {20000000000, "353130"}})
            CPPUNIT_ASSERT_EQUAL(std::string(code), totpCode(kSecret, totpStep(seconds * kSecond)));
    }

    void testOneStepBeforeAndAfter()
    {
        const auto now = 1'700'000'010 * kSecond;
        const auto step = totpStep(now);
        for (const auto away : {-1, 0, 1})
            CPPUNIT_ASSERT_EQUAL(step + away, matchTotp(kSecret, totpCode(kSecret, step + away), now, 0).value_or(-1));
        for (const auto away : {-2, 2, 100})
            CPPUNIT_ASSERT(!matchTotp(kSecret, totpCode(kSecret, step + away), now, 0));
        for (const auto* code : {"", "1", "12345", "1234567", "abcdef"})
            CPPUNIT_ASSERT(!matchTotp(kSecret, code, now, 0));
    }

    void testACodeCountsOnce()
    {
        const auto now = 1'700'000'010 * kSecond;
        const auto step = totpStep(now);
        CPPUNIT_ASSERT(!matchTotp(kSecret, totpCode(kSecret, step), now, step));
        CPPUNIT_ASSERT(!matchTotp(kSecret, totpCode(kSecret, step - 1), now, step));
        CPPUNIT_ASSERT_EQUAL(step + 1, matchTotp(kSecret, totpCode(kSecret, step + 1), now, step).value_or(-1));
    }

    void testUriAndPicture()
    {
        const auto uri = totpUri(kSecret, "La Tienda", "ana+1@ejemplo.es");
        CPPUNIT_ASSERT_EQUAL(
            std::string("otpauth://totp/La%20Tienda:ana%2B1%40ejemplo.es?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=La%20Tienda&algorithm=SHA1&digits=6&period=30"),
            uri);
        const auto svg = qrSvg(uri);
        CPPUNIT_ASSERT(svg.starts_with("<svg xmlns="));
        CPPUNIT_ASSERT(svg.ends_with("</svg>"));
        CPPUNIT_ASSERT(svg.find("M4 4h1v1h-1z") !=
                       std::string::npos); // the corner of the first mark, behind the margin
    }

    void testEncodings()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("MZXW6YTBOI"), base32("foobar"));
        CPPUNIT_ASSERT_EQUAL(std::string("MZXW6"), base32("foo"));
        CPPUNIT_ASSERT_EQUAL(std::string("Zm9vYg"), base64Url("foob"));
        CPPUNIT_ASSERT_EQUAL(std::string("-_8"), base64Url("\xFB\xFF"));
        CPPUNIT_ASSERT_EQUAL(std::size_t(43), base64Url(sha256("")).size());
        CPPUNIT_ASSERT_EQUAL(std::string("ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"), base64Url(sha256("abc")));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TotpTest);
