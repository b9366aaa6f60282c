#include "redsys/Signature.h"
#include "redsys/MerchantParameters.h"
#include "support/TempFolder.h"
#include "text/Base64.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <vector>

using namespace pagos;

namespace
{

/// A published message with its key and its signature; some have no message.
struct Vector
{
    std::string id;
    SignatureVersion version;
    std::string key;
    std::string order;
    std::string derived;
    std::string parameters;
    std::string signature;
};

std::vector<Vector> vectors()
{
    const auto text = zoco::test::readFile(ZOCO_SOURCE_DIR "/test/plugins/pagos/redsys-vectors.json");
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    std::vector<Vector> out;
    for (const auto& v : document["redsys"].GetArray())
    {
        const auto member = [&](const char* name) { return v.HasMember(name) ? v[name].GetString() : std::string(); };
        const auto version = signatureVersion(member("version"));
        CPPUNIT_ASSERT_MESSAGE(member("id"), version);
        out.push_back({member("id"), *version, member("key_b64") + member("key_ascii"), member("order"),
                       member("derived_key_b64"), member("merchant_parameters"), member("signature")});
    }
    return out;
}

SigningKey keyOf(const Vector& v)
{
    const auto key = SigningKey::parse(v.version, v.key);
    CPPUNIT_ASSERT_MESSAGE(v.id, key);
    return *key;
}

} // namespace

class SignatureTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SignatureTest);
    CPPUNIT_TEST(testDerivedKeysOfEveryVector);
    CPPUNIT_TEST(testSignaturesOfEveryVector);
    CPPUNIT_TEST(testAnotherBitAnotherSignature);
    CPPUNIT_TEST(testRequestsHaveTheAlphabetOfTheirVersion);
    CPPUNIT_TEST(testShortKeysAreRefused);
    CPPUNIT_TEST(testOrdersOfAnotherLengthAreNeverSigned);
    CPPUNIT_TEST(testBase64);
    CPPUNIT_TEST_SUITE_END();

    void testDerivedKeysOfEveryVector()
    {
        std::size_t tried = 0;
        for (const auto& v : vectors())
        {
            if (v.derived.empty()) continue;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, v.derived, base64(keyOf(v).derived(v.order).value(), Alphabet::Base64));
            ++tried;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t(4), tried);
    }

    void testSignaturesOfEveryVector()
    {
        std::size_t tried = 0;
        for (const auto& v : vectors())
        {
            if (v.signature.empty()) continue;
            CPPUNIT_ASSERT_MESSAGE(v.id, keyOf(v).verifies(v.order, v.parameters, v.signature));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, v.order,
                                         std::string(MerchantParameters::read(v.parameters).value()["order"]));
            ++tried;
        }
        CPPUNIT_ASSERT_EQUAL(std::size_t(6), tried);
    }

    void testAnotherBitAnotherSignature()
    {
        for (const auto& v : vectors())
        {
            if (v.signature.empty()) continue;
            const auto key = keyOf(v);
            const auto bytes = base64Decoded(v.signature).value();
            for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit)
            {
                auto other = bytes;
                other[bit / 8] = static_cast<char>(other[bit / 8] ^ 1 << bit % 8);
                CPPUNIT_ASSERT_MESSAGE(v.id, !key.verifies(v.order, v.parameters, base64(other, Alphabet::Base64Url)));
            }
            for (std::size_t i = 0; i < v.parameters.size(); i += 7)
            {
                auto other = v.parameters;
                other[i] = static_cast<char>(other[i] ^ 1);
                CPPUNIT_ASSERT_MESSAGE(v.id, !key.verifies(v.order, other, v.signature));
            }
            CPPUNIT_ASSERT_MESSAGE(v.id, !key.verifies(v.order + "0", v.parameters, v.signature));
            for (const auto* none : {"", "=", "A", "AAAA"})
                CPPUNIT_ASSERT_MESSAGE(v.id, !key.verifies(v.order, v.parameters, none));
            // letters of another case are other bytes
            auto upper = v.signature;
            for (auto& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
            CPPUNIT_ASSERT_MESSAGE(v.id, !key.verifies(v.order, v.parameters, upper));
        }
    }

    void testRequestsHaveTheAlphabetOfTheirVersion()
    {
        for (const auto& v : vectors())
            if (v.id == "redirect-request" || v.id.starts_with("manual-"))
                CPPUNIT_ASSERT_EQUAL_MESSAGE(v.id, v.signature, keyOf(v).sign(v.order, v.parameters).value());
    }

    void testShortKeysAreRefused()
    {
        for (const auto* key : {"", "sq7HjrUOBfKmC576", "sq7HjrUOBfKmC576ILgskD5srU870g", "no es base64 en absoluto"})
            CPPUNIT_ASSERT_MESSAGE(key, !SigningKey::parse(SignatureVersion::HmacSha256V1, key));
        for (const auto version : {SignatureVersion::HmacSha512V1, SignatureVersion::HmacSha512V2})
        {
            for (const auto* key : {"", "sq7HjrUOBfKmC57", "sq7HjrUOBfKm C576", "sq7HjrUOBfKmC57\n"})
                CPPUNIT_ASSERT_MESSAGE(key, !SigningKey::parse(version, key));
            CPPUNIT_ASSERT(SigningKey::parse(version, "sq7HjrUOBfKmC576"));
        }
        CPPUNIT_ASSERT(!signatureVersion("HMAC_SHA1_V1"));
        CPPUNIT_ASSERT(!signatureVersion(""));
    }

    /// Of no order at all the derived key would be known to everybody.
    void testOrdersOfAnotherLengthAreNeverSigned()
    {
        for (const auto version :
             {SignatureVersion::HmacSha256V1, SignatureVersion::HmacSha512V1, SignatureVersion::HmacSha512V2})
        {
            const auto key = SigningKey::parse(version, "sq7HjrUOBfKmC576ILgskD5srU870gJ7").value();
            for (const auto* order : {"", "123", "1234567890123"})
            {
                CPPUNIT_ASSERT_MESSAGE(order, !key.sign(order, "e30="));
                CPPUNIT_ASSERT_MESSAGE(order, !key.verifies(order, "e30=", ""));
            }
            CPPUNIT_ASSERT(key.sign("1234", "e30="));
            CPPUNIT_ASSERT(key.sign("123456789012", "e30="));
        }
    }

    void testBase64()
    {
        for (const std::string bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfb", "\xff\xff"})
            for (const auto alphabet : {Alphabet::Base64, Alphabet::Base64Url, Alphabet::Base64UrlBare})
                CPPUNIT_ASSERT_EQUAL(bytes, base64Decoded(base64(bytes, alphabet)).value());
        CPPUNIT_ASSERT_EQUAL(std::string("//79"), base64("\xff\xfe\xfd", Alphabet::Base64));
        CPPUNIT_ASSERT_EQUAL(std::string("_w"), base64("\xff", Alphabet::Base64UrlBare));
        CPPUNIT_ASSERT_EQUAL(std::string("_w=="), base64("\xff", Alphabet::Base64Url));
        for (const auto* text : {"A", "AB", "AAB", "AA=", "AA===", "A=AA", "====", "+_AA", "AA AA", "AAAA="})
            CPPUNIT_ASSERT_MESSAGE(text, !base64Decoded(text));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SignatureTest);
