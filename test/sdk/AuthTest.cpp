#include "zoco/Auth.h"

#include "zoco/AuthProvider.h"
#include "zoco/testing/FakeAuth.h"
#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

namespace
{

using namespace zoco;
using namespace zoco::testing;

constexpr auto kToken = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO01";

/// Knows one session, by a fingerprint that is none.
class OneSession final : public AuthProvider
{
public:
    using AuthProvider::AuthProvider;

    std::optional<AuthSession> session(const CallContext& context, std::string_view fingerprint) override
    {
        deadlineNs = context.deadlineNs;
        if (isAway) throw ProblemException(Problem::fromStatus(ZOCO_E_UNAVAILABLE));
        if (fingerprint != "huella") return std::nullopt;
        return AuthSession{"u1", "s1", "cliente operador", 2'000'000, 1'000'000, "pwd otp"};
    }
    std::optional<FreshLogin> stepUp(const CallContext&, std::string_view usuario, std::string_view sesion,
                                     std::int64_t sinceUs) override
    {
        if (usuario != "u1" || sesion != "s1" || sinceUs > 1'000'000) return std::nullopt;
        return FreshLogin{1'000'000, "pwd"};
    }

    bool isAway = false;
    std::int64_t deadlineNs = 0;
};

/// A plugin's and its tests' view of who asks.
class AuthTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(AuthTest);
    CPPUNIT_TEST(testRepeatedClaimsAreRead);
    CPPUNIT_TEST(testReplyGivesAndEndsASession);
    CPPUNIT_TEST(testProviderAnswersTheHost);
    CPPUNIT_TEST(testProviderRefusesWhatItDoesNotKnow);
    CPPUNIT_TEST(testStepUpAsksForTheSessionOfTheRequest);
    CPPUNIT_TEST(testRevocationsArePublished);
    CPPUNIT_TEST_SUITE_END();

    FakeHost _fake;
    Host _host{_fake.raw()};
    OneSession _provider{Log(nullptr)};

public:
    void testRepeatedClaimsAreRead()
    {
        std::vector<std::string_view> roles;
        bool isOperator = false, isKing = true;
        _host.http().route("GET", "/yo", {},
                           [&](const Request& request)
                           {
                               roles = request.claims("role");
                               isOperator = request.hasClaim("role", "operador");
                               isKing = request.hasClaim("role", "rey");
                               return Reply::empty(request.claims("none").empty() ? 204 : 500);
                           });
        const auto& call = _fake.http().send(
            {.path = "/yo", .claims = {{"sub", "u1"}, {"role", "cliente"}, {"role", "operador"}, {"amr", "pwd"}}});
        CPPUNIT_ASSERT_EQUAL(204, call.status());
        CPPUNIT_ASSERT((roles == std::vector<std::string_view>{"cliente", "operador"}));
        CPPUNIT_ASSERT(isOperator && !isKing);
    }

    void testReplyGivesAndEndsASession()
    {
        using std::chrono::hours;
        _host.http().route("POST", "/entrar", {},
                           [](const Request&) { return Reply::json("{}").session(kToken, hours(1)); });
        _host.http().route("POST", "/salir", {}, [](const Request&) { return Reply::empty(204).endSession(); });
        const auto& in = _fake.http().send({.method = "POST", .path = "/entrar"});
        CPPUNIT_ASSERT_EQUAL(std::string(kToken) + "; Max-Age=3600", in.header("Zoco-Session"));
        const auto given = FakeSessionCookie::of(in.headers());
        CPPUNIT_ASSERT(given && given->token == kToken && given->maxAge == 3600);
        const auto ended = FakeSessionCookie::of(_fake.http().send({.method = "POST", .path = "/salir"}).headers());
        CPPUNIT_ASSERT(ended && ended->token.empty());
        CPPUNIT_ASSERT(!FakeSessionCookie::of({{"Content-Type", "text/plain"}}));
    }

    void testProviderAnswersTheHost()
    {
        FakeAuthConsumer asks(*_provider.raw());
        const auto found = asks.session("huella");
        CPPUNIT_ASSERT(found);
        CPPUNIT_ASSERT_EQUAL(std::string("u1|s1|cliente operador|pwd otp"),
                             found->usuario + '|' + found->sesion + '|' + found->roles + '|' + found->metodos);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{2'000'000}, found->caduca);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{1'000'000}, found->autenticado);
        CPPUNIT_ASSERT(!asks.session("otra"));
        CPPUNIT_ASSERT(asks.stepUp("u1", "s1", 1'000'000));
        CPPUNIT_ASSERT(!asks.stepUp("u1", "s1", 1'000'001));
        CPPUNIT_ASSERT(!asks.stepUp("u2", "s1", 0));
    }

    void testProviderRefusesWhatItDoesNotKnow()
    {
        FakeConsumer consumer(*_provider.raw());
        CPPUNIT_ASSERT_THROW((void)consumer.service().operation("otra", {"huella"}), ProblemException);
        CPPUNIT_ASSERT_THROW((void)consumer.service().operation("sesion", {"clave"}), ProblemException);
        CPPUNIT_ASSERT_THROW((void)consumer.service().operation("elevacion", {"sesion", "usuario", "desde"}),
                             ProblemException);
        _provider.isAway = true;
        const auto operation = consumer.service().operation("sesion", {"huella"});
        CallContext context;
        context.deadlineNs = 77;
        const auto done = consumer.service().call(context, operation, {Value::blob("huella")});
        CPPUNIT_ASSERT(!done.ok());
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNAVAILABLE}, done.problem().code);
        CPPUNIT_ASSERT_EQUAL(std::int64_t{77}, _provider.deadlineNs);
    }

    void testStepUpAsksForTheSessionOfTheRequest()
    {
        auto& service = _fake.services().lend(kAuthService);
        FakeAuth auth(service);
        auth.freshen("u1", "s1", 500);
        const StepUp stepUp(_host.services().find(kAuthService));
        std::optional<FreshLogin> found;
        _host.http().route("POST", "/pagar", {},
                           [&](const Request& request)
                           {
                               found = stepUp.since(request, 400).value();
                               return Reply::empty(found ? 204 : 403);
                           });
        const auto pay = [&](Pairs claims)
        { return _fake.http().send({.method = "POST", .path = "/pagar", .claims = std::move(claims)}).status(); };
        CPPUNIT_ASSERT_EQUAL(204, pay({{"sub", "u1"}, {"sid", "s1"}}));
        CPPUNIT_ASSERT_EQUAL(std::int64_t{500}, found->autenticado);
        CPPUNIT_ASSERT_EQUAL(std::string("pwd"), found->metodos);
        CPPUNIT_ASSERT_EQUAL(403, pay({{"sub", "u1"}, {"sid", "s2"}}));
        CPPUNIT_ASSERT_EQUAL(403, pay({}));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, service.steps().size());
    }

    void testRevocationsArePublished()
    {
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, revokeUser(_host.events(), "u1"));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, revokeSession(_host.events(), "s1"));
        const auto published = _fake.events().published();
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, published.size());
        CPPUNIT_ASSERT_EQUAL(std::string("zoco.auth.revoked"), published[0].topic);
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), published[0].fields.at("usuario").text());
        CPPUNIT_ASSERT_EQUAL(std::string("s1"), published[1].fields.at("sesion").text());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AuthTest);

} // namespace
