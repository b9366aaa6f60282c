#include "redsys/Consulta.h"

#include "text/Xml.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace pagos;

/// Questions to Redsys's service of queries, and what is read of its answers.
class ConsultaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConsultaTest);
    CPPUNIT_TEST(testAQuestionArrives);
    CPPUNIT_TEST(testAForgedQuestion);
    CPPUNIT_TEST(testOperations);
    CPPUNIT_TEST(testNoOperations);
    CPPUNIT_TEST(testWhatIsNoAnswer);
    CPPUNIT_TEST(testXml);
    CPPUNIT_TEST_SUITE_END();

    using Valores = RespuestaConsulta::Valores;

    static SigningKey key(const char* text = "sq7HjrUOBfKmC576ILgskD5srU870gJ7")
    {
        return SigningKey::parse(SignatureVersion::HmacSha256V1, text).value();
    }
    static Consulta pregunta() { return {"999008881", 1, "0001ABCD"}; }
    static Valores operation(const char* type, const char* amount, const char* response, const char* state = "F")
    {
        return {{"Ds_MerchantCode", "999008881"},
                {"Ds_Order", "0001ABCD"},
                {"Ds_TransactionType", type},
                {"Ds_Amount", amount},
                {"Ds_State", state},
                {"Ds_Response", response},
                {"Ds_AuthorisationCode", "4711"}};
    }
    static std::string wrapped(const std::string& messages)
    {
        return "<e:Envelope><e:Body><p:consultaOperacionesResponse xmlns:p=\"x\"><consultaOperacionesReturn>" +
               xmlEscaped(messages) +
               "</consultaOperacionesReturn></p:consultaOperacionesResponse></e:Body></e:Envelope>";
    }

    void testAQuestionArrives()
    {
        const auto soap = pregunta().toSoap(key()).value();
        const auto [asked, error] = Consulta::fromSoap(soap, key());
        CPPUNIT_ASSERT_EQUAL(std::string(), error);
        CPPUNIT_ASSERT_EQUAL(std::string("999008881"), asked.comercio);
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1), asked.terminal);
        CPPUNIT_ASSERT_EQUAL(std::string("0001ABCD"), asked.numero);
        CPPUNIT_ASSERT(!Consulta({"999008881", 1, "1"}).toSoap(key())); // everybody could sign for that
    }

    void testAForgedQuestion()
    {
        auto soap = pregunta().toSoap(key()).value();
        CPPUNIT_ASSERT_EQUAL(std::string("XML0023"),
                             Consulta::fromSoap(soap, key("Mk9m98IfEblmPfrpsawt7BmxObt98Jev")).second);
        soap.replace(soap.find("0001ABCD"), 8, "0002ABCD");
        CPPUNIT_ASSERT_EQUAL(std::string("XML0023"), Consulta::fromSoap(soap, key()).second);
        CPPUNIT_ASSERT_EQUAL(std::string("XML0000"), Consulta::fromSoap("<a/>", key()).second);
    }

    void testOperations()
    {
        const auto soap = RespuestaConsulta::toSoap(
            {operation("0", "4999", "0000"), operation("3", "1000", "0900"), operation("3", "10", "", "S")}, {});
        const auto answer = RespuestaConsulta::fromSoap(soap, pregunta()).value();
        CPPUNIT_ASSERT_EQUAL(std::string(), answer.error);
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), answer.terminadas.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(1000), answer.terminadas[1].number("amount").value());
        CPPUNIT_ASSERT_EQUAL(std::string("4711"), std::string(answer.terminadas[0]["authorisationcode"]));
        CPPUNIT_ASSERT(answer.hasOpen);
    }

    void testNoOperations()
    {
        const auto answer = RespuestaConsulta::fromSoap(RespuestaConsulta::toSoap({}, kNoConsta), pregunta()).value();
        CPPUNIT_ASSERT_EQUAL(std::string(kNoConsta), answer.error);
        CPPUNIT_ASSERT(answer.terminadas.empty() && !answer.hasOpen);
    }

    /// Nothing may be concluded from those: neither that something happened nor that it did not.
    void testWhatIsNoAnswer()
    {
        for (const std::string& soap :
             {std::string(), std::string("<html>502</html>"), wrapped(""), wrapped("<Messages></Messages>"),
              wrapped("<Messages><Version Ds_Version=\"0.0\"><Message></Message></Version></Messages>"),
              RespuestaConsulta::toSoap({operation("0", "4999", "0000")}, {}).substr(0, 500)})
            CPPUNIT_ASSERT_MESSAGE(soap, !RespuestaConsulta::fromSoap(soap, pregunta()));
        const auto ofAnother = RespuestaConsulta::toSoap({operation("0", "4999", "0000")}, {});
        CPPUNIT_ASSERT(!RespuestaConsulta::fromSoap(ofAnother, {"999008881", 1, "0002ABCD"}));
    }

    void testXml()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("a<b&\"c\">'"), xmlText(xmlElement("X", "a<b&\"c\">'"), "X"));
        CPPUNIT_ASSERT_EQUAL(std::string("<a>&amp;</a>"), xmlText("<X><![CDATA[<a>&amp;</a>]]></X>", "X"));
        CPPUNIT_ASSERT_EQUAL(std::string("1"), xmlText("<Xy>0</Xy><X a=\"b\">1</X><X>2</X>", "X"));
        CPPUNIT_ASSERT_EQUAL(std::size_t(2), xmlElements("<X a=\"b\">1</X><X>2</X>", "X").size());
        for (const auto* broken : {"<X>1", "<X", "</X>", "<X/>", ""})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(broken, std::string(), xmlText(broken, "X"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConsultaTest);
