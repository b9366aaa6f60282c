#include "zoco/PersonalData.h"

#include "zoco/testing/FakeCrypto.h"
#include "zoco/testing/FakeEvents.h"
#include "zoco/testing/FakeLog.h"

#include <cppunit/extensions/HelperMacros.h>

namespace
{

using namespace zoco;
using namespace zoco::testing;

} // namespace

/// A plugin's part in showing and erasing what is known about a person.
class PersonalDataTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PersonalDataTest);
    CPPUNIT_TEST(testWhatIsKnownIsGivenInParts);
    CPPUNIT_TEST(testNothingKnownIsAnAnswerToo);
    CPPUNIT_TEST(testPartsTravelSealed);
    CPPUNIT_TEST(testAFailedErasureComesAgain);
    CPPUNIT_TEST_SUITE_END();

public:
    void testWhatIsKnownIsGivenInParts()
    {
        const std::string large = "[\"" + std::string(70'000, 'x') + "\"]";
        _records = {{"pedidos", large}, {"notas", "[]"}};
        CPPUNIT_ASSERT_EQUAL(zoco_status(ZOCO_OK), ask());
        std::map<std::string, std::string> given;
        std::int64_t left = -1;
        for (const auto& event : _fake.published())
        {
            CPPUNIT_ASSERT_EQUAL(std::string(kPersonalDataRecords), event.topic);
            CPPUNIT_ASSERT_EQUAL(std::string("n1"), event.fields.at("solicitud").text());
            CPPUNIT_ASSERT(left == -1 || event.fields.at("quedan").integer() == left - 1);
            left = event.fields.at("quedan").integer();
            given[event.fields.at("nombre").text()] +=
                _crypto.open(event.fields.at("parte").text(), kPersonalDataContext).value();
        }
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), left);
        CPPUNIT_ASSERT_EQUAL(large, given["pedidos"]);
        CPPUNIT_ASSERT_EQUAL(std::string("[]"), given["notas"]);
        CPPUNIT_ASSERT_EQUAL(std::string("u1"), _asked.usuario);
        CPPUNIT_ASSERT_EQUAL(std::string("ana@example.com"), _asked.correo);
    }

    void testNothingKnownIsAnAnswerToo()
    {
        CPPUNIT_ASSERT_EQUAL(zoco_status(ZOCO_OK), ask());
        const auto published = _fake.published();
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), published.size());
        CPPUNIT_ASSERT_EQUAL(std::int64_t(0), published[0].fields.at("quedan").integer());
    }

    void testPartsTravelSealed()
    {
        _records = {{"cuenta", R"([{"nombre":"Ana"}])"}};
        CPPUNIT_ASSERT_EQUAL(zoco_status(ZOCO_OK), ask());
        CPPUNIT_ASSERT(_fake.published()[0].fields.at("parte").text().find("Ana") == std::string::npos);
    }

    void testAFailedErasureComesAgain()
    {
        _isBroken = true;
        CPPUNIT_ASSERT(order() < 0);
        _isBroken = false;
        CPPUNIT_ASSERT_EQUAL(zoco_status(ZOCO_OK), order());
        CPPUNIT_ASSERT_EQUAL(2, _erasures);
        CPPUNIT_ASSERT_EQUAL(std::uint32_t(ZOCO_COMPETING), _fake.kindOf(std::string(kPersonalDataErase)));
    }

private:
    zoco_status ask()
    {
        const auto correo = _crypto.seal("ana@example.com", kPersonalDataContext);
        return _fake.deliver(std::string(kPersonalDataExport),
                             {{"solicitud", "n1"}, {"usuario", "u1"}, {"correo", Value::blob(correo)}});
    }
    zoco_status order()
    {
        const auto correo = _crypto.seal("", kPersonalDataContext);
        return _fake.deliver(std::string(kPersonalDataErase), {{"usuario", "u1"}, {"correo", Value::blob(correo)}},
                             "usuarios", 7);
    }

    FakeLog _log;
    FakeEvents _fake;
    FakeCrypto _fakeCrypto;
    Crypto _crypto{_fakeCrypto.raw(), Log(_log.raw())};
    Events _events{_fake.raw(), Log(_log.raw())};
    DataSubject _asked;
    std::vector<PersonalRecords> _records;
    int _erasures = 0;
    bool _isBroken = false;
    PersonalData _data{_events,
                       _crypto,
                       {{"Pedidos", "Servirlos", "Contrato", "Seis años"}},
                       [this](const DataSubject& subject)
                       {
                           _asked = subject;
                           return _records;
                       },
                       [this](const DataSubject&)
                       {
                           ++_erasures;
                           if (_isBroken) throw std::runtime_error("no database");
                           return std::string();
                       }};
};

CPPUNIT_TEST_SUITE_REGISTRATION(PersonalDataTest);
