#include "Pasarela.h"
#include "http/Form.h"
#include "zoco/Http.h"

#include <cppunit/extensions/HelperMacros.h>

#include <rapidjson/document.h>

#include <map>
#include <optional>
#include <tuple>

namespace pagos::test
{

/// The simulated payment service over HTTP.
class SimuladorTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SimuladorTest);
    CPPUNIT_TEST(testABuyerPaysOnItsPage);
    CPPUNIT_TEST(testABuyerIsChallenged);
    CPPUNIT_TEST(testABuyerLeaves);
    CPPUNIT_TEST(testPagesInEnglish);
    CPPUNIT_TEST(testRestPaysCapturesAndRefunds);
    CPPUNIT_TEST(testRestCancels);
    CPPUNIT_TEST(testRestChallenge);
    CPPUNIT_TEST(testWhatIsNotTaken);
    CPPUNIT_TEST(testEveryTestCard);
    CPPUNIT_TEST(testSwitchesAreOfTheStaff);
    CPPUNIT_TEST(testALostAnswerHasItsEffect);
    CPPUNIT_TEST(testNoticesThreeTimesAndTheLastOneFirst);
    CPPUNIT_TEST(testUnsignedAndForgedNotices);
    CPPUNIT_TEST(testNoCardIsWrittenDown);
    CPPUNIT_TEST_SUITE_END();

    std::optional<Pasarela> _pasarela;

public:
    void setUp() override { _pasarela.emplace(); }
    void tearDown() override { _pasarela.reset(); }

private:
    using Fields = Pasarela::Fields;

    static constexpr const char* kVisa = "4548810000000003";
    static constexpr const char* kReto = "4548817212493017";

    static std::string text(std::string_view value) { return std::string(value); }

    Fields card(const std::string& order, const std::string& pan, const Fields& more = {})
    {
        Fields all{{"DS_MERCHANT_PAN", pan}, {"DS_MERCHANT_EXPIRYDATE", "4912"}, {"DS_MERCHANT_CVV2", "123"}};
        all.insert(all.end(), more.begin(), more.end());
        return _pasarela->payment(order, all);
    }
    Fields shop(const std::string& order)
    {
        return _pasarela->payment(order, {{"DS_MERCHANT_URLOK", "http://tienda.es/ok?a=1"},
                                          {"DS_MERCHANT_URLKO", "http://tienda.es/ko"},
                                          {"DS_MERCHANT_MERCHANTDATA", "pago-7"},
                                          {"DS_MERCHANT_MERCHANTURL", _pasarela->noticeUrl()}});
    }
    static std::string pageOf(const zoco::test::HttpResponse& response)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(response.body, 200, response.status);
        CPPUNIT_ASSERT(response.header("Content-Type").starts_with("text/html"));
        const auto policy = response.header("Content-Security-Policy");
        CPPUNIT_ASSERT_MESSAGE(policy, policy.find("default-src 'none'") != policy.npos);
        CPPUNIT_ASSERT_MESSAGE(policy, policy.find("unsafe") == policy.npos);
        CPPUNIT_ASSERT(response.body.find("<script") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("no-store"), response.header("Cache-Control"));
        return response.body;
    }
    /// What the buyer brings back, whose signature must be right.
    static MerchantParameters backAt(const zoco::test::HttpResponse& response, const std::string& url)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE(response.body, 303, response.status);
        const auto location = response.header("Location");
        CPPUNIT_ASSERT_MESSAGE(location, location.starts_with(url));
        const auto envelope = Envelope::fromForm(location.substr(location.find('?') + 1));
        CPPUNIT_ASSERT(envelope);
        return envelope->open(Pasarela::key()).value();
    }
    std::string session(const std::string& order)
    {
        const auto html = pageOf(_pasarela->form("/sis/realizarPago", _pasarela->sealed(shop(order)).fields()));
        const auto sesion = hiddenIn(html, "sesion");
        CPPUNIT_ASSERT(sesion.size() == 32);
        return sesion;
    }
    zoco::test::HttpResponse pay(const std::string& sesion, const std::string& pan)
    {
        return _pasarela->form("/tarjeta",
                               {{"sesion", sesion}, {"tarjeta", pan}, {"caducidad", "12/49"}, {"cvv", "123"}});
    }

    void testABuyerPaysOnItsPage()
    {
        const auto sesion = session("0001");
        const auto back = backAt(pay(sesion, "4548 8100 0000 0003"), "http://tienda.es/ok?a=1&");
        CPPUNIT_ASSERT_EQUAL(std::string("0000"), text(back["response"]));
        CPPUNIT_ASSERT_EQUAL(std::string("454881******0003"), text(back["card_number"]));
        CPPUNIT_ASSERT_EQUAL(std::string("pago-7"), text(back["merchantdata"]));
        const auto told = Envelope::fromForm(_pasarela->notices(1)[0]).value().open(Pasarela::key()).value();
        CPPUNIT_ASSERT_EQUAL(text(back["authorisationcode"]), text(told["authorisationcode"]));
        CPPUNIT_ASSERT_EQUAL(std::size_t(10), told["date"].size());
        CPPUNIT_ASSERT_EQUAL('/', told["date"][2]);
        CPPUNIT_ASSERT_EQUAL(410, pay(sesion, kVisa).status); // once
        CPPUNIT_ASSERT_EQUAL(400,
                             _pasarela->form("/sis/realizarPago", _pasarela->sealed(shop("0001")).fields()).status);
    }

    void testABuyerIsChallenged()
    {
        for (const auto& [order, code, response, url] : {std::tuple{"0001", "123456", "0000", "http://tienda.es/ok"},
                                                         {"0002", "654321", "0184", "http://tienda.es/ko"}})
        {
            const auto html = pageOf(pay(session(order), kReto));
            CPPUNIT_ASSERT(html.find("Confirma que eres tú") != html.npos);
            const auto sesion = hiddenIn(html, "sesion");
            const auto back = backAt(_pasarela->form("/reto", {{"sesion", sesion}, {"codigo", code}}), url);
            CPPUNIT_ASSERT_EQUAL(std::string(response), text(back["response"]));
            CPPUNIT_ASSERT_EQUAL(410, _pasarela->form("/reto", {{"sesion", sesion}, {"codigo", code}}).status);
        }
    }

    void testABuyerLeaves()
    {
        const auto sesion = session("0001");
        CPPUNIT_ASSERT_EQUAL(sesion, session("0001")); // the same page again, for who reloads it
        const auto back = backAt(_pasarela->form("/abandono", {{"sesion", sesion}}), "http://tienda.es/ko");
        CPPUNIT_ASSERT_EQUAL(std::string("9915"), text(back["response"]));
        CPPUNIT_ASSERT_EQUAL(410, pay(sesion, kVisa).status);
        CPPUNIT_ASSERT_EQUAL(410, pay("", kVisa).status);
    }

    void testPagesInEnglish()
    {
        const auto fields = _pasarela->sealed(shop("0001")).fields();
        CPPUNIT_ASSERT(pageOf(_pasarela->form("/sis/realizarPago", fields, "en-GB,en")).find("lang=\"en\"") !=
                       std::string::npos);
        CPPUNIT_ASSERT(pageOf(_pasarela->form("/sis/realizarPago", fields, "fr")).find("lang=\"es\"") !=
                       std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("text/css; charset=utf-8"),
                             _pasarela->request("GET", "/Pagos/simulador/estilo.css").header("Content-Type"));
    }

    void testRestPaysCapturesAndRefunds()
    {
        const auto initiated = _pasarela->rest(card("0001", kVisa), "iniciaPeticionREST");
        CPPUNIT_ASSERT(initiated["emv3ds"].find("threeDSServerTransID") != std::string_view::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("Y"), text(initiated["card_psd2"]));
        const auto authorised = _pasarela->rest(card("0001", kVisa, {{"DS_MERCHANT_TRANSACTIONTYPE", "1"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("0000"), text(authorised["response"]));
        const auto change = [&](const char* type, const char* amount) {
            return _pasarela->payment("0001", {{"DS_MERCHANT_TRANSACTIONTYPE", type}, {"DS_MERCHANT_AMOUNT", amount}});
        };
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0056"), _pasarela->errorOf(change("3", "1"))); // nothing captured
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0062"), _pasarela->errorOf(change("2", "5000")));
        CPPUNIT_ASSERT_EQUAL(std::string("0900"), text(_pasarela->rest(change("2", "3000"))["response"]));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0057"), _pasarela->errorOf(change("3", "3001")));
        const auto first = text(_pasarela->rest(change("3", "1000"))["authorisationcode"]);
        const auto second = text(_pasarela->rest(change("3", "2000"))["authorisationcode"]);
        CPPUNIT_ASSERT(first != second && first.size() == 6);
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0057"), _pasarela->errorOf(change("3", "1")));
    }

    void testRestCancels()
    {
        _pasarela->rest(card("0001", kVisa, {{"DS_MERCHANT_TRANSACTIONTYPE", "1"}}));
        const auto cancel = _pasarela->payment("0001", {{"DS_MERCHANT_TRANSACTIONTYPE", "9"}});
        CPPUNIT_ASSERT_EQUAL(std::string("0400"), text(_pasarela->rest(cancel)["response"]));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0222"), _pasarela->errorOf(cancel));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0061"),
                             _pasarela->errorOf(_pasarela->payment("0001", {{"DS_MERCHANT_TRANSACTIONTYPE", "2"}})));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0223"),
                             _pasarela->errorOf(_pasarela->payment("0002", {{"DS_MERCHANT_TRANSACTIONTYPE", "9"}})));
    }

    void testRestChallenge()
    {
        const std::string kAsk = R"({"threeDSInfo":"AuthenticationData","notificationURL":"http://tienda.es/cres"})";
        const auto answer = [&](const std::string& order, const std::string& cres)
        {
            return _pasarela->payment(
                order, {{"DS_MERCHANT_EMV3DS", R"({"threeDSInfo":"ChallengeResponse","cres":")" + cres + "\"}"}});
        };
        for (const auto& [order, code, response] :
             {std::tuple{"0001", "123456", "0000"}, {"0002", "000000", "0184"}, {"0003", "", "0184"}})
        {
            const auto asked = _pasarela->rest(card(order, kReto, {{"DS_MERCHANT_EMV3DS", kAsk}}));
            CPPUNIT_ASSERT(!asked.has("response"));
            rapidjson::Document emv;
            emv.Parse(asked["emv3ds"].data(), asked["emv3ds"].size());
            CPPUNIT_ASSERT_EQUAL(std::string("http://localhost:") + std::to_string(_pasarela->host().port()) +
                                     "/Pagos/simulador/reto",
                                 std::string(emv["acsURL"].GetString()));
            std::string cres = emv["creq"].GetString();
            if (*code != '\0')
            {
                const auto html = pageOf(_pasarela->form("/reto", {{"creq", cres}}));
                const auto done =
                    pageOf(_pasarela->form("/reto", {{"sesion", hiddenIn(html, "sesion")}, {"codigo", code}}));
                CPPUNIT_ASSERT(done.find("action=\"http://tienda.es/cres\"") != done.npos);
                cres = hiddenIn(done, "cres");
            }
            CPPUNIT_ASSERT_EQUAL(std::string(response), text(_pasarela->rest(answer(order, cres))["response"]));
            CPPUNIT_ASSERT_EQUAL(std::string("SIS0051"), _pasarela->errorOf(answer(order, cres)));
        }
        // Without the way to authenticate the buyer, the bank wants it.
        CPPUNIT_ASSERT_EQUAL(std::string("0195"), text(_pasarela->rest(card("0004", kReto))["response"]));
    }

    void testWhatIsNotTaken()
    {
        const auto fault = [&](const Fields& more, const std::string& order = "0009")
        { return _pasarela->errorOf(card(order, kVisa, more)); };
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0026"), fault({{"DS_MERCHANT_MERCHANTCODE", "999008882"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0026"), fault({{"DS_MERCHANT_TERMINAL", "2"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0076"), fault({}, "abcd"));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0018"), fault({{"DS_MERCHANT_AMOUNT", "0"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0018"), fault({{"DS_MERCHANT_AMOUNT", "-5"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0015"), fault({{"DS_MERCHANT_CURRENCY", "EUR"}}));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0023"), fault({{"DS_MERCHANT_TRANSACTIONTYPE", "15"}}));
        _pasarela->rest(card("0001", kVisa));
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0051"), fault({}, "0001"));
        const auto forged = _pasarela->sealed(card("0002", kVisa), Pasarela::kOtherKey);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"errorCode":"SIS0042"})"), _pasarela->restRaw(forged).body);
        CPPUNIT_ASSERT_EQUAL(401, _pasarela->form("/sis/realizarPago", forged.fields()).status);
        CPPUNIT_ASSERT_EQUAL(std::string(R"({"errorCode":"SIS0430"})"),
                             _pasarela->request("POST", "/Pagos/simulador/sis/rest/trataPeticionREST", "{}").body);
        CPPUNIT_ASSERT_EQUAL(400, _pasarela->form("/sis/realizarPago", {{"a", "b"}}).status);
    }

    void testEveryTestCard()
    {
        int order = 1000;
        for (const auto& [pan, expiry, cvv, amount, response] : {std::tuple{kVisa, "4912", "123", "100", "0000"},
                                                                 {kVisa, "3412", "123", "100", "0000"},
                                                                 {"4548814479727229", "4912", "123", "100", "0000"},
                                                                 {"5576441563045037", "4912", "123", "100", "0000"},
                                                                 {"4918019160034602", "4912", "123", "100", "0000"},
                                                                 {"4907277775205123", "4912", "123", "100", "0184"},
                                                                 {"5576440022788500", "4912", "123", "100", "0190"},
                                                                 {kVisa, "4912", "999", "100", "0190"},
                                                                 {kVisa, "4912", "172", "100", "0172"},
                                                                 {kVisa, "4912", "173", "100", "0173"},
                                                                 {kVisa, "4912", "174", "100", "0174"},
                                                                 {kVisa, "4912", "123", "1096", "0190"},
                                                                 {kVisa, "4912", "123", "1072", "0172"},
                                                                 {kVisa, "4912", "123", "1073", "0173"},
                                                                 {kVisa, "4912", "123", "1074", "0174"},
                                                                 {kVisa, "2001", "123", "100", "0101"},
                                                                 {kVisa, "4913", "123", "100", "0101"},
                                                                 {kVisa, "4912", "12", "100", "0129"},
                                                                 {"4111111111111111", "4912", "123", "100", "0180"},
                                                                 {"", "4912", "123", "100", "0180"}})
        {
            const auto answer = _pasarela->rest(
                card(std::to_string(++order), pan,
                     {{"DS_MERCHANT_EXPIRYDATE", expiry}, {"DS_MERCHANT_CVV2", cvv}, {"DS_MERCHANT_AMOUNT", amount}}));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(std::string(pan) + ' ' + cvv + ' ' + amount, std::string(response),
                                         text(answer["response"]));
        }
    }

    void testSwitchesAreOfTheStaff()
    {
        const auto outcome = [&](const std::string& body, const std::string& token)
        { return _pasarela->request("PUT", "/Pagos/simulador/interruptores", body, token).status; };
        const auto staff = _pasarela->tokenOf("pagos");
        CPPUNIT_ASSERT_EQUAL(401, outcome("{}", ""));
        CPPUNIT_ASSERT_EQUAL(403, outcome("{}", _pasarela->tokenOf("cliente")));
        CPPUNIT_ASSERT_EQUAL(200, outcome(R"({"avisos_veces":3})", staff));
        CPPUNIT_ASSERT_EQUAL(422, outcome(R"({"avisos_veces":11})", staff));
        CPPUNIT_ASSERT_EQUAL(422, outcome(R"({"otro":1})", staff));
        CPPUNIT_ASSERT_EQUAL(400, outcome("[]", staff));
        CPPUNIT_ASSERT(
            _pasarela->request("GET", "/Pagos/simulador/interruptores", "", staff).body.find("\"avisos_veces\":3") !=
            std::string::npos);
    }

    void testALostAnswerHasItsEffect()
    {
        _pasarela->switches(R"({"respuestas_perdidas":1,"demora_ms":20})");
        CPPUNIT_ASSERT_EQUAL(504, _pasarela->restRaw(_pasarela->sealed(card("0001", kVisa))).status);
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0051"), _pasarela->errorOf(card("0001", kVisa))); // it was charged
        const auto refund = _pasarela->payment("0001", {{"DS_MERCHANT_TRANSACTIONTYPE", "3"}});
        CPPUNIT_ASSERT_EQUAL(std::string("0900"), text(_pasarela->rest(refund)["response"]));
    }

    void testNoticesThreeTimesAndTheLastOneFirst()
    {
        _pasarela->switches(R"({"avisos_veces":3,"avisos_al_reves":2,"avisos_demora_ms":5})");
        for (const auto* order : {"0001", "0002"})
            _pasarela->rest(card(order, kVisa, {{"DS_MERCHANT_MERCHANTURL", _pasarela->noticeUrl()}}));
        std::map<std::string, int> times;
        for (const auto& form : _pasarela->notices(6))
            ++times[text(Envelope::fromForm(form).value().open(Pasarela::key()).value()["order"])];
        CPPUNIT_ASSERT_EQUAL(3, times["0001"]);
        CPPUNIT_ASSERT_EQUAL(3, times["0002"]);
    }

    void testUnsignedAndForgedNotices()
    {
        _pasarela->switches(R"({"avisos_sin_firma":1})");
        const auto told = [&](const char* order, std::size_t count)
        {
            _pasarela->rest(card(order, kVisa, {{"DS_MERCHANT_MERCHANTURL", _pasarela->noticeUrl()}}));
            return Envelope::fromForm(_pasarela->notices(count).back());
        };
        CPPUNIT_ASSERT(!told("0001", 1));
        _pasarela->switches(R"({"avisos_falsos":1})");
        const auto forged = told("0002", 2);
        CPPUNIT_ASSERT_EQUAL(401, forged.value().open(Pasarela::key()).problem().status);
        CPPUNIT_ASSERT(told("0003", 3).value().open(Pasarela::key()).ok());
    }

    void testNoCardIsWrittenDown()
    {
        pay(session("0001"), kReto);
        pay(session("0002"), kVisa);
        _pasarela->rest(card("0003", kVisa, {{"DS_MERCHANT_MERCHANTURL", _pasarela->noticeUrl()}}));
        for (const auto& form : _pasarela->notices(2))
            CPPUNIT_ASSERT(zoco::percentDecode(form).find(kVisa) == std::string::npos);
        for (const auto* pan : {kVisa, kReto}) CPPUNIT_ASSERT(_pasarela->host().log().find(pan) == std::string::npos);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SimuladorTest);

} // namespace pagos::test
