#include "oidc/IdToken.h"
#include "FakeIssuer.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <limits>

using namespace usuarios;
using usuarios::test::FakeIssuer;

namespace
{

constexpr std::int64_t kNow = 1'800'000'000'000'000;
constexpr std::int64_t kSeconds = kNow / 1'000'000;

IdTokenRules rules() { return {FakeIssuer::kUrl, "zoco", "n", std::nullopt, kNow}; }

} // namespace

class IdTokenTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(IdTokenTest);
    CPPUNIT_TEST(testAGoodTokenTellsWhoSomebodyIs);
    CPPUNIT_TEST(testKeysOnACurveAreTaken);
    CPPUNIT_TEST(testAWrongClaimIsRefused);
    CPPUNIT_TEST(testSeveralAudiencesNeedTheirParty);
    CPPUNIT_TEST(testSharedSecretsAndNoneAreRefused);
    CPPUNIT_TEST(testAChangedTokenIsRefused);
    CPPUNIT_TEST(testAKeyOfAnotherIdIsRefused);
    CPPUNIT_TEST(testFreshAuthenticationIsChecked);
    CPPUNIT_TEST(testAnAddressThatIsNotVerifiedIsToldSo);
    CPPUNIT_TEST(testWhatIsNoTokenIsRefused);
    CPPUNIT_TEST(testKeySetsWithoutAUsableKeyAreRefused);
    CPPUNIT_TEST_SUITE_END();

public:
    void testAGoodTokenTellsWhoSomebodyIs()
    {
        const auto token = verify(FakeIssuer::claims(kNow));
        CPPUNIT_ASSERT(token.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("persona-1"), token->subject);
        CPPUNIT_ASSERT_EQUAL(std::string("ana@example.com"), token->mail);
        CPPUNIT_ASSERT(token->isMailVerified);
        CPPUNIT_ASSERT_EQUAL(kNow - 5'000'000, token->authenticated);
    }

    void testKeysOnACurveAreTaken()
    {
        CPPUNIT_ASSERT(verifyIdToken(_issuer.token(FakeIssuer::claims(kNow), "ES256"), keys(), rules()).ok());
    }

    void testAWrongClaimIsRefused()
    {
        const struct
        {
            const char* name;
            Poco::Dynamic::Var value;
        } cases[] = {
            {"iss", std::string("https://id.example/")},
            {"iss", std::string("https://otro.example")},
            {"aud", std::string("otra")},
            {"aud", Poco::Dynamic::Var()},
            {"azp", std::string("otra")},
            {"sub", std::string()},
            {"sub", 7},
            {"sub", std::string(256, 'a')},
            {"nonce", std::string("m")},
            {"nonce", Poco::Dynamic::Var()},
            {"exp", kSeconds - 61},
            {"exp", Poco::Dynamic::Var()},
            {"exp", std::string("9999999999")},
            {"exp", true},
            {"iat", kSeconds + 120},
            {"iat", kSeconds - 90'000},
            {"iat", Poco::Dynamic::Var()},
            {"nbf", kSeconds + 120},
        };
        for (const auto& c : cases)
        {
            auto claims = FakeIssuer::claims(kNow);
            claims.set(c.name, c.value);
            CPPUNIT_ASSERT_MESSAGE(std::string(c.name) + " " + (c.value.isEmpty() ? "null" : c.value.toString()),
                                   !verify(claims).ok());
        }
    }

    void testSeveralAudiencesNeedTheirParty()
    {
        auto claims = FakeIssuer::claims(kNow);
        Poco::JSON::Array::Ptr audiences = new Poco::JSON::Array;
        audiences->add("otra").add("zoco");
        claims.set("aud", audiences);
        CPPUNIT_ASSERT(!verify(claims).ok());
        claims.set("azp", std::string("zoco"));
        CPPUNIT_ASSERT(verify(claims).ok());
    }

    /// A public key, or a client id, that serves as an HMAC key must not open the door.
    void testSharedSecretsAndNoneAreRefused()
    {
        for (const char* algorithm : {"HS256", "HS512"})
            CPPUNIT_ASSERT(!verifyIdToken(_issuer.token(FakeIssuer::claims(kNow), algorithm), keys(), rules()).ok());
        const auto good = _issuer.token(FakeIssuer::claims(kNow));
        const auto payload = good.substr(good.find('.'), good.rfind('.') - good.find('.') + 1);
        CPPUNIT_ASSERT(!verifyIdToken("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0" + payload, keys(), rules()).ok());
    }

    void testAChangedTokenIsRefused()
    {
        const auto good = _issuer.token(FakeIssuer::claims(kNow));
        for (std::size_t at = 0; at < good.size(); at += 7)
        {
            auto changed = good;
            changed[at] = changed[at] == 'A' ? 'B' : 'A';
            if (changed != good)
                CPPUNIT_ASSERT_MESSAGE(std::to_string(at), !verifyIdToken(changed, keys(), rules()).ok());
        }
    }

    void testAKeyOfAnotherIdIsRefused()
    {
        CPPUNIT_ASSERT(!verifyIdToken(_issuer.token(FakeIssuer::claims(kNow), "RS256", "otra"), keys(), rules()).ok());
        CPPUNIT_ASSERT(!verifyIdToken(_issuer.token(FakeIssuer::claims(kNow), "RS256", "ec"), keys(), rules()).ok());
    }

    void testFreshAuthenticationIsChecked()
    {
        auto wanted = rules();
        wanted.authenticatedSince = kNow - 10'000'000;
        CPPUNIT_ASSERT(verifyIdToken(_issuer.token(FakeIssuer::claims(kNow)), keys(), wanted).ok());
        auto old = FakeIssuer::claims(kNow);
        old.set("auth_time", kSeconds - 3600);
        CPPUNIT_ASSERT(!verifyIdToken(_issuer.token(old), keys(), wanted).ok());
        old.remove("auth_time");
        CPPUNIT_ASSERT(!verifyIdToken(_issuer.token(old), keys(), wanted).ok());
    }

    void testAnAddressThatIsNotVerifiedIsToldSo()
    {
        for (const auto& value : {Poco::Dynamic::Var(false), Poco::Dynamic::Var(std::string("true")),
                                  Poco::Dynamic::Var(), Poco::Dynamic::Var(1)})
        {
            auto claims = FakeIssuer::claims(kNow);
            claims.set("email_verified", value);
            const auto token = verify(claims);
            CPPUNIT_ASSERT(token.ok() && !token->isMailVerified);
        }
    }

    void testWhatIsNoTokenIsRefused()
    {
        for (const std::string text : {"", ".", "..", "a.b.c", "e30.e30.", "e30.e30.e30", "null.null.null"})
            CPPUNIT_ASSERT_MESSAGE(text, !verifyIdToken(text, keys(), rules()).ok());
        CPPUNIT_ASSERT(!verifyIdToken(std::string(100'000, 'a'), keys(), rules()).ok());
    }

    void testKeySetsWithoutAUsableKeyAreRefused()
    {
        const char* sets[] = {
            "",
            "{}",
            "[]",
            R"({"keys":{}})",
            R"({"keys":[]})",
            R"({"keys":[7,{"kty":"oct","k":"AAAA"}]})",
            R"({"keys":[{"kty":"RSA","kid":"a","n":"AQAB","e":"AQAB"}]})",
            R"({"keys":[{"kty":"EC","crv":"P-256","kid":"a","x":"AA","y":"AA"}]})",
            // not a point of the curve
            R"({"keys":[{"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})",
        };
        for (const auto* set : sets) CPPUNIT_ASSERT_MESSAGE(set, !KeySet::parse(set).ok());
    }

private:
    KeySet keys() const { return KeySet::parse(_issuer.keys()).value(); }
    zoco::Result<IdToken> verify(const Poco::JSON::Object& claims) const
    {
        return verifyIdToken(_issuer.token(claims), keys(), rules());
    }

    const FakeIssuer _issuer;
};

CPPUNIT_TEST_SUITE_REGISTRATION(IdTokenTest);
