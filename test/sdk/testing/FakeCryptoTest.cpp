#include "zoco/testing/Instance.h"

#include <cppunit/extensions/HelperMacros.h>

#include <map>
#include <stdexcept>

namespace
{

using namespace zoco;
using namespace zoco::testing;

/// Keeps addresses sealed, and seals them again two at a time.
class Agenda final : public Plugin
{
public:
    void init(Host& host) override
    {
        _crypto = &host.crypto();
        _crypto->onRotate("correos", [this](std::string_view cursor) { return rotate(cursor); });
    }

    void keep(const std::string& id, const std::string& correo)
    {
        rows[id] = _crypto->seal(correo, "agenda.correo:" + id);
    }
    std::string read(const std::string& id) const { return _crypto->open(rows.at(id), "agenda.correo:" + id).value(); }

    std::map<std::string, std::string> rows;
    bool isBroken = false;

private:
    RotationPage rotate(std::string_view cursor)
    {
        if (isBroken) throw std::runtime_error("the database is away");
        RotationPage out{std::string(cursor), 0, rows.size(), false};
        auto at = rows.upper_bound(out.cursor);
        for (int left = 2; left > 0 && at != rows.end(); --left, ++at)
        {
            if (!_crypto->isCurrent(at->second)) keep(at->first, read(at->first));
            out.cursor = at->first;
        }
        out.isOver = at == rows.end();
        out.done = static_cast<std::uint64_t>(std::distance(rows.begin(), at));
        return out;
    }

    Crypto* _crypto = nullptr;
};

/// What plugin authors rely on: the C++ face of zoco.crypto/1 over the fake.
class FakeCryptoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FakeCryptoTest);
    CPPUNIT_TEST(testWhatIsSealedOpensInItsContextOnly);
    CPPUNIT_TEST(testSealedBytesDifferEachTimeAndShowNothing);
    CPPUNIT_TEST(testEveryChangedBitIsNoticed);
    CPPUNIT_TEST(testBlindIndexIsTheSameForTheSameValueAndPurpose);
    CPPUNIT_TEST(testRotatorsSealAgainPageByPage);
    CPPUNIT_TEST(testARotatorThatThrowsFailsItsPage);
    CPPUNIT_TEST(testABadRotatorFailsTheInit);
    CPPUNIT_TEST(testEqualInConstantTime);
    CPPUNIT_TEST_SUITE_END();

    FakeHost _host;
    zoco::Host _api{_host.raw()};

public:
    void testWhatIsSealedOpensInItsContextOnly()
    {
        auto& crypto = _api.crypto();
        for (const auto& plain : {std::string(), std::string("ana@example.com"), std::string(100'000, 'x')})
        {
            const auto sealed = crypto.seal(plain, "a:1");
            CPPUNIT_ASSERT_EQUAL(plain, crypto.open(sealed, "a:1").value());
            CPPUNIT_ASSERT_EQUAL(plain.size() + 33, sealed.size());
            CPPUNIT_ASSERT(!crypto.open(sealed, "a:2").ok());
        }
        CPPUNIT_ASSERT_EQUAL(500, crypto.open("nothing sealed", "a:1").problem().status);
        CPPUNIT_ASSERT(!crypto.open("", "").ok());
    }

    void testSealedBytesDifferEachTimeAndShowNothing()
    {
        const auto one = _api.crypto().seal("ana@example.com", "a");
        const auto other = _api.crypto().seal("ana@example.com", "a");
        CPPUNIT_ASSERT(one != other);
        CPPUNIT_ASSERT(one.find("ana") == std::string::npos && one.find("example") == std::string::npos);
    }

    void testEveryChangedBitIsNoticed()
    {
        const auto sealed = _api.crypto().seal("ana", "a");
        for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit)
        {
            auto changed = sealed;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            CPPUNIT_ASSERT(!_api.crypto().open(changed, "a").ok());
        }
    }

    void testBlindIndexIsTheSameForTheSameValueAndPurpose()
    {
        const auto& crypto = _api.crypto();
        const auto index = crypto.blindIndex("correo", "ana@example.com");
        CPPUNIT_ASSERT_EQUAL(std::size_t{16}, index.size());
        CPPUNIT_ASSERT(index == crypto.blindIndex("correo", "ana@example.com"));
        CPPUNIT_ASSERT(index != crypto.blindIndex("telefono", "ana@example.com"));
        CPPUNIT_ASSERT(index != crypto.blindIndex("correo", "eva@example.com"));
        CPPUNIT_ASSERT(crypto.random(16) != crypto.random(16));
    }

    void testRotatorsSealAgainPageByPage()
    {
        Agenda agenda;
        agenda.init(_api);
        for (int i = 0; i < 5; ++i) agenda.keep(std::to_string(i), "ana" + std::to_string(i));
        _host.crypto().changeKey();
        CPPUNIT_ASSERT(!_api.crypto().isCurrent(agenda.rows["0"]));
        CPPUNIT_ASSERT_EQUAL(std::size_t{3}, _host.crypto().runRotators());
        CPPUNIT_ASSERT_EQUAL(std::uint64_t{5}, _host.crypto().done("correos"));
        _host.crypto().retireKeys();
        for (int i = 0; i < 5; ++i) CPPUNIT_ASSERT_EQUAL("ana" + std::to_string(i), agenda.read(std::to_string(i)));
    }

    void testARotatorThatThrowsFailsItsPage()
    {
        Agenda agenda;
        agenda.init(_api);
        agenda.isBroken = true;
        CPPUNIT_ASSERT_THROW(_host.crypto().runRotators(), std::runtime_error);
        CPPUNIT_ASSERT_EQUAL(std::string("a rotator threw"), _host.log().records().back().message);
    }

    void testABadRotatorFailsTheInit()
    {
        const auto page = [](std::string_view) { return RotationPage{{}, 0, 0, true}; };
        for (const auto* name : {"", "Uno", "1", "uno dos"})
            CPPUNIT_ASSERT_THROW_MESSAGE(name, _api.crypto().onRotate(name, page), ProblemException);
        _api.crypto().onRotate("uno", page);
        CPPUNIT_ASSERT_THROW(_api.crypto().onRotate("uno", page), ProblemException);
        _host.withhold(ZOCO_CRYPTO);
        CPPUNIT_ASSERT_THROW(_api.crypto(), ProblemException);
    }

    void testEqualInConstantTime()
    {
        CPPUNIT_ASSERT(equalInConstantTime("", ""));
        CPPUNIT_ASSERT(equalInConstantTime("abc", "abc"));
        CPPUNIT_ASSERT(!equalInConstantTime("abc", "abd"));
        CPPUNIT_ASSERT(!equalInConstantTime("abc", "abcd"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FakeCryptoTest);

} // namespace
