#include "privacidad/Recogida.h"
#include "zoco/testing/FakeCrypto.h"
#include "zoco/testing/FakeEvents.h"
#include "zoco/testing/FakeLog.h"

#include <cppunit/extensions/HelperMacros.h>

#include <optional>

using namespace usuarios;

/// The question for a person's data, and what comes of the answers.
class RecogidaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(RecogidaTest);
    CPPUNIT_TEST(testAllAnswersEndIt);
    CPPUNIT_TEST(testSilenceIsNamed);
    CPPUNIT_TEST(testStrangersDoNotCount);
    CPPUNIT_TEST(testTheAddressTravelsSealed);
    CPPUNIT_TEST(testThereIsALimitToHowManyAsk);
    CPPUNIT_TEST_SUITE_END();

public:
    RecogidaTest()
    {
        _events.subscribe(zoco::kPersonalDataRecords, zoco::Delivery::Broadcast,
                          [this](const zoco::Event& event) { _recogida.take(event); });
    }

    void testAllAnswersEndIt()
    {
        const auto number = begin({"pedidos", "usuarios"});
        give(number, "pedidos", "pedidos", R"([{"id":1},)", 1);
        give(number, "usuarios", "", "", 0);
        CPPUNIT_ASSERT(!_result);
        give(number, "pedidos", "pedidos", R"({"id":2}])", 0);
        CPPUNIT_ASSERT(_result && _result->silent.empty());
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), _result->parts.size());
        CPPUNIT_ASSERT_EQUAL(std::string(R"([{"id":1},{"id":2}])"), _result->parts[0].json);
        CPPUNIT_ASSERT_EQUAL(std::string("pedidos"), _result->parts[0].extension);
        give(number, "pedidos", "pedidos", "[]", 0); // too late: nobody asks any more
        _recogida.giveUp(number);
        CPPUNIT_ASSERT_EQUAL(1, _ends);
    }

    void testSilenceIsNamed()
    {
        const auto number = begin({"pedidos", "usuarios"});
        give(number, "usuarios", "cuenta", "[]", 0);
        _recogida.giveUp(number);
        CPPUNIT_ASSERT(_result);
        CPPUNIT_ASSERT(_result->silent == std::set<std::string>{"pedidos"});
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), _result->parts.size());
    }

    void testStrangersDoNotCount()
    {
        const auto number = begin({"pedidos"});
        give(number, "ajena", "cuenta", "[]", 0);
        give("otra", "pedidos", "cuenta", "[]", 0);
        CPPUNIT_ASSERT(!_result);
        give(number, "pedidos", "", "", 0);
        CPPUNIT_ASSERT(_result && _result->parts.empty());
    }

    void testTheAddressTravelsSealed()
    {
        (void)begin({"pedidos"});
        const auto asked = _fake.published();
        CPPUNIT_ASSERT_EQUAL(std::size_t(1), asked.size());
        CPPUNIT_ASSERT_EQUAL(std::string(zoco::kPersonalDataExport), asked[0].topic);
        const auto sealed = (asked[0].fields.at("correo").text());
        CPPUNIT_ASSERT(sealed.find("ana@example.com") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("ana@example.com"), *_crypto.open(sealed, zoco::kPersonalDataContext));
    }

    /// Who has a place gets an answer: what they show for it, such as a link that counts once, is not used up in vain.
    void testThereIsALimitToHowManyAsk()
    {
        std::vector<Recogida::Lugar> places;
        for (int i = 0; i < 8; ++i) CPPUNIT_ASSERT(places.emplace_back(_recogida.reserve()));
        CPPUNIT_ASSERT(!_recogida.reserve());
        std::vector<std::string> numbers;
        for (int i = 0; i < 2; ++i)
        {
            numbers.push_back(begin({"pedidos"}, std::move(places.back())));
            places.pop_back();
            CPPUNIT_ASSERT(!_recogida.reserve()); // it is theirs until they have their answer
        }
        _recogida.giveUp(numbers[0]);
        CPPUNIT_ASSERT_EQUAL(1, _ends);
        CPPUNIT_ASSERT(_recogida.reserve());
        give(numbers[1], "pedidos", "", "", 0);
        CPPUNIT_ASSERT_EQUAL(2, _ends);
        places.pop_back(); // whose link was none
        for (int i = 0; i < 3; ++i) CPPUNIT_ASSERT(places.emplace_back(_recogida.reserve()));
        CPPUNIT_ASSERT(!_recogida.reserve());
    }

private:
    std::string begin(const std::vector<std::string>& plugins) { return begin(plugins, _recogida.reserve()); }
    std::string begin(const std::vector<std::string>& plugins, Recogida::Lugar place)
    {
        CPPUNIT_ASSERT(place);
        std::vector<Tratamiento> expected;
        for (const auto& plugin : plugins) expected.push_back({plugin, "[]", "[]"});
        return _recogida.begin(std::move(place), {"u1", "ana@example.com"}, std::move(expected),
                               [this](Recogido gathered)
                               {
                                   _result = std::move(gathered);
                                   ++_ends;
                               });
    }
    void give(const std::string& number, const std::string& plugin, const std::string& name, const std::string& part,
              int left)
    {
        const auto sealed = _crypto.seal(part, zoco::kPersonalDataContext);
        CPPUNIT_ASSERT_EQUAL(
            zoco_status(ZOCO_OK),
            _fake.deliver(
                std::string(zoco::kPersonalDataRecords),
                {{"solicitud", number}, {"nombre", name}, {"parte", zoco::Value::blob(sealed)}, {"quedan", left}},
                plugin));
    }

    zoco::testing::FakeLog _log;
    zoco::testing::FakeEvents _fake;
    zoco::testing::FakeCrypto _fakeCrypto;
    zoco::Crypto _crypto{_fakeCrypto.raw(), zoco::Log(_log.raw())};
    zoco::Events _events{_fake.raw(), zoco::Log(_log.raw())};
    Recogida _recogida{_events, _crypto};
    std::optional<Recogido> _result;
    int _ends = 0;
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecogidaTest);
