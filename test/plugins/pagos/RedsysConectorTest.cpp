#include "redsys/RedsysConector.h"
#include "redsys/Envelope.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>

using namespace pagos;

/// What the connector makes of answers; what it sends is tried against the simulated service.
class RedsysConectorTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RedsysConectorTest);
    CPPUNIT_TEST(testOutcomes);
    CPPUNIT_TEST(testWhatIsNotCertainIsUnknown);
    CPPUNIT_TEST(testFormsOfBothKeys);
    CPPUNIT_TEST(testNotificationsOfOthersAreRefused);
    CPPUNIT_TEST(testNoCurrencyOfTheirs);
    CPPUNIT_TEST_SUITE_END();

    using Valores = std::vector<std::pair<std::string, std::string>>;
    static constexpr const char* kClave = "sq7HjrUOBfKmC576ILgskD5srU870gJ7";

    static SigningKey key(SignatureVersion version, const char* text = kClave)
    {
        return SigningKey::parse(version, text).value();
    }
    static Encargo encargo()
    {
        Encargo out;
        out.pago = "pago-1";
        out.numero = "0001ABCD";
        out.importe = 4999;
        out.moneda = "EUR";
        out.retorno = "http://tienda.es/Pagos/pago-1/retorno";
        out.aviso = "http://tienda.es/Pagos/notificaciones/redsys";
        return out;
    }
    static RedsysConector connector(RedsysConector::Transport transport, bool isSha512 = true)
    {
        const auto pagina = isSha512 ? SignatureVersion::HmacSha512V2 : SignatureVersion::HmacSha256V1;
        const auto rest = isSha512 ? SignatureVersion::HmacSha512V1 : SignatureVersion::HmacSha256V1;
        return {{.comercio = "999008881", .terminal = 1, .pagina = "https://banco.es/sis/realizarPago"},
                {key(pagina), key(rest)},
                std::move(transport),
                {}};
    }
    static Valores values(const char* type, const char* response, const char* amount = "4999",
                          const char* order = "0001ABCD")
    {
        return {{"Ds_Order", order},
                {"Ds_MerchantCode", "999008881"},
                {"Ds_Terminal", "001"},
                {"Ds_Amount", amount},
                {"Ds_TransactionType", type},
                {"Ds_Response", response},
                {"Ds_AuthorisationCode", "052029"}};
    }
    static Envelope sealed(const Valores& values, SignatureVersion version, const char* text = kClave)
    {
        ParametersWriter writer;
        for (const auto& [name, value] : values) writer.add(name, value);
        return Envelope::sealed(key(version, text), values.front().second, writer).value();
    }
    /// How a refund goes when the service answers so.
    static Resultado refunded(const std::function<zoco::Result<std::string>()>& answer)
    {
        return connector([&](const Encargo&, const std::string&) { return answer(); }).refund(encargo()).value();
    }
    static Resultado refundedBy(const Valores& values, SignatureVersion version = SignatureVersion::HmacSha512V1,
                                const char* text = kClave)
    {
        return refunded([&] { return zoco::Result<std::string>(sealed(values, version, text).toJson()); });
    }

    void testOutcomes()
    {
        struct Case
        {
            const char* type;
            const char* response;
            Hecho hecho;
            Orden orden;
            std::int64_t importe;
        };
        for (const auto& c : {Case{"0", "0000", Hecho::Capturado, Orden::Cobro, 4999},
                              {"0", "0099", Hecho::Capturado, Orden::Cobro, 4999},
                              {"0", "0100", Hecho::Rechazado, Orden::Cobro, 0},
                              {"0", "0900", Hecho::Rechazado, Orden::Cobro, 0},
                              {"1", "0000", Hecho::Autorizado, Orden::Cobro, 4999},
                              {"1", "9915", Hecho::Rechazado, Orden::Cobro, 0},
                              {"2", "0900", Hecho::Capturado, Orden::Captura, 4999},
                              {"2", "0000", Hecho::Fallido, Orden::Captura, 0},
                              {"3", "0900", Hecho::Reembolsado, Orden::Reembolso, 4999},
                              {"3", "0180", Hecho::Fallido, Orden::Reembolso, 0},
                              {"9", "0400", Hecho::Anulado, Orden::Anulacion, 4999},
                              {"9", "0900", Hecho::Fallido, Orden::Anulacion, 0}})
        {
            const auto name = std::string(c.type) + ' ' + c.response;
            const auto out = refundedBy(values(c.type, c.response));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, std::size_t(1), out.sucesos.size());
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, nameOf(c.hecho), nameOf(out.sucesos[0].hecho));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, nameOf(c.orden), nameOf(out.sucesos[0].orden));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(name, c.importe, out.sucesos[0].importe);
        }
        CPPUNIT_ASSERT_EQUAL(std::string("no-reintentar"), refundedBy(values("0", "0172")).consejo);
        CPPUNIT_ASSERT_EQUAL(std::string("esperar"), refundedBy(values("0", "0174")).consejo);
        const auto error = refunded([] { return zoco::Result<std::string>(R"({"errorCode":"SIS0057"})"); });
        CPPUNIT_ASSERT_EQUAL(std::string("SIS0057"), error.codigo);
        CPPUNIT_ASSERT(error.sucesos[0].hecho == Hecho::Fallido);
    }

    void testWhatIsNotCertainIsUnknown()
    {
        CPPUNIT_ASSERT(
            refunded([] { return zoco::Result<std::string>(zoco::Problem::fromStatus(ZOCO_E_DEADLINE)); }).isUnknown());
        for (const auto* body : {"", "{}", "no", R"({"errorCode":"SIS0051"})", R"({"Ds_SignatureVersion":"a"})"})
            CPPUNIT_ASSERT_MESSAGE(body, refunded([&] { return zoco::Result<std::string>(body); }).isUnknown());
        const auto right = values("3", "0900");
        CPPUNIT_ASSERT(!refundedBy(right).isUnknown());
        CPPUNIT_ASSERT(refundedBy(right, SignatureVersion::HmacSha512V1, "AAAAAAAAAAAAAAAA").isUnknown());
        CPPUNIT_ASSERT(refundedBy(right, SignatureVersion::HmacSha512V2).isUnknown());
        CPPUNIT_ASSERT(refundedBy(right, SignatureVersion::HmacSha256V1).isUnknown());
        CPPUNIT_ASSERT(refundedBy(values("3", "0900", "4999", "0002ABCD")).isUnknown()); // of another order
    }

    void testFormsOfBothKeys()
    {
        for (const bool isSha512 : {false, true})
        {
            auto asked = encargo();
            asked.metodo = isSha512 ? "bizum" : "";
            const auto out = connector({}, isSha512).create(asked).value();
            CPPUNIT_ASSERT_EQUAL(std::string("formulario"), out.accion->tipo);
            CPPUNIT_ASSERT_EQUAL(std::string("https://banco.es/sis/realizarPago"), out.accion->url);
            const auto& fields = out.accion->campos;
            const Envelope envelope{fields[0].second, fields[1].second, fields[2].second};
            const auto version = isSha512 ? SignatureVersion::HmacSha512V2 : SignatureVersion::HmacSha256V1;
            const auto p = envelope.open(key(version)).value();
            CPPUNIT_ASSERT_EQUAL(std::string("4999"), std::string(p["amount"]));
            CPPUNIT_ASSERT_EQUAL(std::string("978"), std::string(p["currency"]));
            CPPUNIT_ASSERT_EQUAL(asked.aviso, std::string(p["merchanturl"]));
            CPPUNIT_ASSERT_EQUAL(asked.retorno, std::string(p["urlok"]));
            CPPUNIT_ASSERT_EQUAL(std::string(isSha512 ? "z" : ""), std::string(p["paymethods"]));
        }
    }

    void testNotificationsOfOthersAreRefused()
    {
        const auto connector = RedsysConectorTest::connector({});
        const auto told = [&](Valores values, SignatureVersion version, const char* text = kClave)
        {
            std::string form;
            for (const auto& [name, value] : sealed(values, version, text).fields())
                form += (form.empty() ? "" : "&") + name + '=' + value; // base64url has nothing to be encoded
            return connector.parseNotification("", form);
        };
        const auto right = told(values("0", "0000"), SignatureVersion::HmacSha512V2);
        CPPUNIT_ASSERT_EQUAL(std::string("0001ABCD"), right.value().numero);
        CPPUNIT_ASSERT_EQUAL(std::string("r:0:052029"), right.value().resultado.sucesos[0].efecto);
        CPPUNIT_ASSERT_EQUAL(
            401, told(values("0", "0000"), SignatureVersion::HmacSha512V2, "AAAAAAAAAAAAAAAA").problem().status);
        auto other = values("0", "0000");
        other[1].second = "999008882";
        CPPUNIT_ASSERT_EQUAL(401, told(other, SignatureVersion::HmacSha512V2).problem().status);
        other = values("0", "0000");
        other[2].second = "002";
        CPPUNIT_ASSERT_EQUAL(401, told(other, SignatureVersion::HmacSha512V2).problem().status);
    }

    void testNoCurrencyOfTheirs()
    {
        auto asked = encargo();
        asked.moneda = "XXX";
        CPPUNIT_ASSERT_EQUAL(422, connector({}).create(asked).problem().status);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(RedsysConectorTest);
