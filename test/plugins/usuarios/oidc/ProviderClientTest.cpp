#include "oidc/ProviderClient.h"
#include "FakeIssuer.h"
#include "zoco/testing/FakeHttpClient.h"
#include "zoco/testing/FakeLog.h"

#include <cppunit/extensions/HelperMacros.h>

#include <algorithm>

using namespace usuarios;
using usuarios::test::FakeIssuer;

namespace
{

constexpr std::int64_t kNow = 1'800'000'000'000'000;

Provider provider() { return {"prueba", "Prueba", FakeIssuer::kUrl, "zoco", "s e:creto", false}; }

} // namespace

class ProviderClientTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ProviderClientTest);
    CPPUNIT_TEST(testABrowserIsSentWithAChallenge);
    CPPUNIT_TEST(testACodeBecomesAPerson);
    CPPUNIT_TEST(testTheDescriptionIsAskedForOnce);
    CPPUNIT_TEST(testANewKeyIsFetchedWhenATokenNamesIt);
    CPPUNIT_TEST(testUnknownKeysDoNotFloodTheProvider);
    CPPUNIT_TEST(testADescriptionOfAnotherIssuerIsRefused);
    CPPUNIT_TEST(testPlainAddressesAreRefused);
    CPPUNIT_TEST(testTroubleTellsNothingOfTheProvider);
    CPPUNIT_TEST_SUITE_END();

public:
    ProviderClientTest()
    {
        _http.answer([this](const zoco::ClientRequest& request) { return answer(request); });
    }

    void testABrowserIsSentWithAChallenge()
    {
        const auto url = _client.authorizationUrl({"https://tienda.example/Usuarios/externo/prueba/retorno", "estado",
                                                   "n", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "es", 0});
        CPPUNIT_ASSERT(url.ok());
        for (const char* part :
             {"https://id.example/auth?", "response_type=code", "client_id=zoco", "state=estado", "nonce=n",
              "redirect_uri=https%3A%2F%2Ftienda.example%2FUsuarios%2Fexterno%2Fprueba%2Fretorno",
              "code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method=S256", "max_age=0"})
            CPPUNIT_ASSERT_MESSAGE(part, url->find(part) != std::string::npos); // the challenge: RFC 7636, appendix B
    }

    void testACodeBecomesAPerson()
    {
        const auto identity = redeem();
        CPPUNIT_ASSERT(identity.ok());
        CPPUNIT_ASSERT_EQUAL(std::string("persona-1"), identity->subject);
        const auto asked = _http.requests();
        const auto post = std::find_if(asked.begin(), asked.end(), [](const auto& r) { return r.method == "POST"; });
        CPPUNIT_ASSERT(post != asked.end());
        CPPUNIT_ASSERT(post->body.find("code=c%2F1") != std::string::npos);
        CPPUNIT_ASSERT(post->body.find("code_verifier=v") != std::string::npos);
        CPPUNIT_ASSERT(post->body.find("creto") == std::string::npos);
        const auto hasBasic = [](const auto& h)
        { return h.first == "Authorization" && h.second == "Basic em9jbzpzJTIwZSUzQWNyZXRv"; }; // zoco:s%20e%3Acreto
        CPPUNIT_ASSERT(std::any_of(post->headers.begin(), post->headers.end(), hasBasic));
    }

    void testTheDescriptionIsAskedForOnce()
    {
        CPPUNIT_ASSERT(redeem().ok());
        CPPUNIT_ASSERT(redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(1), asked("openid-configuration"));
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(1), asked("/jwks"));
        _now += 3'600'000'001;
        CPPUNIT_ASSERT(redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(2), asked("openid-configuration"));
    }

    void testANewKeyIsFetchedWhenATokenNamesIt()
    {
        CPPUNIT_ASSERT(redeem().ok());
        _issuer.rotate();
        CPPUNIT_ASSERT(redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(2), asked("/jwks"));
    }

    void testUnknownKeysDoNotFloodTheProvider()
    {
        CPPUNIT_ASSERT(redeem().ok());
        _keyId = "desconocida";
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(!redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(2), asked("/jwks"));
        _now += 30'000'001;
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT(!redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(3), asked("/jwks"));
    }

    void testADescriptionOfAnotherIssuerIsRefused()
    {
        _discovery = R"({"issuer":"https://otro.example","authorization_endpoint":"https://otro.example/a",)"
                     R"("token_endpoint":"https://otro.example/t","jwks_uri":"https://otro.example/k"})";
        CPPUNIT_ASSERT(!redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(0), asked("otro.example"));
    }

    void testPlainAddressesAreRefused()
    {
        _discovery = R"({"issuer":"https://id.example","authorization_endpoint":"https://id.example/a",)"
                     R"("token_endpoint":"http://id.example/t","jwks_uri":"https://id.example/k"})";
        CPPUNIT_ASSERT(!redeem().ok());
        CPPUNIT_ASSERT_EQUAL(std::ptrdiff_t(0), asked("/t"));
    }

    void testTroubleTellsNothingOfTheProvider()
    {
        _http.answer(
            [](const zoco::ClientRequest&) -> zoco::testing::FakeHttpClient::Answer {
                return zoco::ClientReply{500, {}, "stack trace of id.example"};
            });
        const auto failed = redeem();
        CPPUNIT_ASSERT(!failed.ok());
        CPPUNIT_ASSERT_EQUAL(502, failed.problem().status);
        CPPUNIT_ASSERT_EQUAL(std::string("proveedor-no-disponible"), failed.problem().slug);
        CPPUNIT_ASSERT_EQUAL(std::string(), failed.problem().detail);
    }

private:
    zoco::Result<IdToken> redeem()
    {
        return _client.redeem({"c/1", "https://tienda.example/r", "v", "n", std::nullopt});
    }
    zoco::testing::FakeHttpClient::Answer answer(const zoco::ClientRequest& request) const
    {
        const auto& url = request.url;
        if (url.ends_with("/.well-known/openid-configuration")) return zoco::ClientReply{200, {}, _discovery};
        if (url.ends_with("/jwks")) return zoco::ClientReply{200, {}, _issuer.keys()};
        const auto token = _issuer.token(FakeIssuer::claims(_now), "RS256", _keyId);
        return zoco::ClientReply{200, {}, R"({"access_token":"a","token_type":"Bearer","id_token":")" + token + "\"}"};
    }
    std::ptrdiff_t asked(std::string_view part) const
    {
        const auto all = _http.requests();
        return std::count_if(all.begin(), all.end(),
                             [&](const auto& r) { return r.url.find(part) != std::string::npos; });
    }

    FakeIssuer _issuer;
    std::string _discovery = _issuer.discovery();
    std::string _keyId;
    std::int64_t _now = kNow;
    zoco::testing::FakeHttpClient _http;
    zoco::testing::FakeLog _log;
    zoco::HttpClient _asks{_http.raw()};
    ProviderClient _client{provider(), _asks, zoco::Log(_log.raw()), [this] { return _now; }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProviderClientTest);
