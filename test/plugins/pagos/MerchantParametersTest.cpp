#include "redsys/MerchantParameters.h"
#include "text/Base64.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace pagos;

class MerchantParametersTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(MerchantParametersTest);
    CPPUNIT_TEST(testBothSpellings);
    CPPUNIT_TEST(testWhatPhpAndRedsysEscape);
    CPPUNIT_TEST(testNumbers);
    CPPUNIT_TEST(testTwoValuesOfOneNameAreRefused);
    CPPUNIT_TEST(testWhatIsNoSuchText);
    CPPUNIT_TEST(testWritten);
    CPPUNIT_TEST_SUITE_END();

    static zoco::Result<MerchantParameters> read(std::string_view json)
    {
        return MerchantParameters::read(base64(json, Alphabet::Base64));
    }

    void testBothSpellings()
    {
        for (const auto* json :
             {R"({"DS_MERCHANT_ORDER":"0001ab","DS_MERCHANT_MERCHANTCODE":"999008881","DS_MERCHANT_TERMINAL":"1"})",
              R"({"Ds_Order":"0001ab","Ds_MerchantCode":"999008881","Ds_Terminal":"001"})"})
        {
            const auto p = read(json).value();
            CPPUNIT_ASSERT_EQUAL(std::string("0001ab"), std::string(p["order"]));
            CPPUNIT_ASSERT_EQUAL(std::string("999008881"), std::string(p["merchantcode"]));
            CPPUNIT_ASSERT_EQUAL(std::int64_t(1), p.number("terminal").value());
        }
    }

    void testWhatPhpAndRedsysEscape()
    {
        const auto p = read(R"({"Ds_Date":"22%2F10%2F2021","Ds_Hour":"22%3A51","Ds_MerchantData":"100%2F",
                               "DS_MERCHANT_URLOK":"http:\/\/tienda.es\/ok","Ds_EMV3DS":{"a":["b",1]}})")
                           .value();
        CPPUNIT_ASSERT_EQUAL(std::string("22/10/2021"), std::string(p["date"]));
        CPPUNIT_ASSERT_EQUAL(std::string("22:51"), std::string(p["hour"]));
        CPPUNIT_ASSERT_EQUAL(std::string("100%2F"), std::string(p["merchantdata"])); // that is how it was given
        CPPUNIT_ASSERT_EQUAL(std::string("http://tienda.es/ok"), std::string(p["urlok"]));
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"a":["b",1]})"), std::string(p["emv3ds"]));
        CPPUNIT_ASSERT(!p.has("order"));
        CPPUNIT_ASSERT(p["order"].empty());
    }

    void testNumbers()
    {
        const auto p =
            read(R"({"Ds_Amount":"4999","Ds_Response":"0000","a":"-1","b":"1 ","c":"","d":"99999999999999999999",
                               "e":12,"f":"1.5"})")
                .value();
        CPPUNIT_ASSERT_EQUAL(std::int64_t(4999), p.number("amount").value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), p.number("response").value());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(12), p.number("e").value());
        for (const auto* name : {"a", "b", "c", "d", "f", "none"}) CPPUNIT_ASSERT_MESSAGE(name, !p.number(name));
    }

    /// One reader would take the first, another one the last.
    void testTwoValuesOfOneNameAreRefused()
    {
        CPPUNIT_ASSERT(!read(R"({"Ds_Order":"0001","DS_MERCHANT_ORDER":"0002"})").ok());
        CPPUNIT_ASSERT(!read(R"({"Ds_Amount":"1","Ds_Amount":"100"})").ok());
        CPPUNIT_ASSERT(read(R"({"Ds_Order":"0001","DS_ORDER":"0001"})").ok());
    }

    void testWhatIsNoSuchText()
    {
        for (const auto* json : {"", "[]", "1", "{", R"({"a":1}x)"}) CPPUNIT_ASSERT_MESSAGE(json, !read(json).ok());
        CPPUNIT_ASSERT_EQUAL(400, MerchantParameters::read("no base64").problem().status);
        CPPUNIT_ASSERT(!MerchantParameters::read(std::string(100'000, 'A')).ok());
        CPPUNIT_ASSERT(!read(std::string(20'000, '[')).ok()); // no stack is deep enough for a recursive reader of more
    }

    void testWritten()
    {
        ParametersWriter writer;
        writer.add("DS_MERCHANT_ORDER", "0001")
            .add("DS_MERCHANT_TITULAR", "Ana \"la\" Ñ")
            .addJson("DS_XY", R"({"a":1})");
        const std::string json = R"({"DS_MERCHANT_ORDER":"0001","DS_MERCHANT_TITULAR":"Ana \"la\" Ñ","DS_XY":{"a":1}})";
        for (const auto version :
             {SignatureVersion::HmacSha256V1, SignatureVersion::HmacSha512V1, SignatureVersion::HmacSha512V2})
            CPPUNIT_ASSERT_EQUAL(json, base64Decoded(writer.encoded(version)).value());
        CPPUNIT_ASSERT(writer.encoded(SignatureVersion::HmacSha256V1).ends_with('='));
        CPPUNIT_ASSERT(!writer.encoded(SignatureVersion::HmacSha512V2).ends_with('='));
        CPPUNIT_ASSERT_EQUAL(
            std::string("0001"),
            std::string(MerchantParameters::read(writer.encoded(SignatureVersion::HmacSha512V2)).value()["order"]));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MerchantParametersTest);
