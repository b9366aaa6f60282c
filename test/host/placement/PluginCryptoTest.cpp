#include "placement/PluginCrypto.h"

#include "placement/process/KeyMessages.h"

#include <cppunit/extensions/HelperMacros.h>

#include <string>
#include <vector>

namespace zoco::host::test
{

/// zoco.crypto/1 as a plugin in C meets it.
class PluginCryptoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PluginCryptoTest);
    CPPUNIT_TEST(testBuffersThatAreTooSmallSayHowLargeTheyMustBe);
    CPPUNIT_TEST(testFailuresAreTold);
    CPPUNIT_TEST(testRotatorsRegisterInInitOnly);
    CPPUNIT_TEST(testAPageThatDoesNotComeForwardIsRefused);
    CPPUNIT_TEST(testKeysCrossWhole);
    CPPUNIT_TEST_SUITE_END();

    KeyRing _keys{KeySet::fresh()};
    std::vector<PluginRotator> _rotators;
    bool _isInit = true;
    std::string _reason;
    PluginCrypto _own{
        _keys, "fake", _rotators, {[this] { return _isInit; }, [this](std::string_view why) { _reason = why; }}};
    const zoco_crypto& _table = *_own.table();

    static zoco_status over(void*, zoco_bytes, zoco_rotation* out)
    {
        out->is_over = 1;
        return ZOCO_OK;
    }
    static zoco_status nowhere(void*, zoco_bytes, zoco_rotation*) { return ZOCO_OK; }

    zoco_status add(const char* name, decltype(zoco_rotator::page) page)
    {
        const zoco_rotator raw{sizeof raw, name, page, nullptr};
        return _table.on_rotate(_table.self, &raw);
    }

public:
    void testBuffersThatAreTooSmallSayHowLargeTheyMustBe()
    {
        char sealed[64];
        std::size_t size = 0;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID},
                             _table.seal(_table.self, {"ana", 3}, {"a", 1}, nullptr, 0, &size));
        CPPUNIT_ASSERT_EQUAL(std::size_t{36}, size);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID},
                             _table.seal(_table.self, {"ana", 3}, {"a", 1}, sealed, 35, &size));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, _table.seal(_table.self, {"ana", 3}, {"a", 1}, sealed, 36, &size));
        char plain[64];
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID},
                             _table.open(_table.self, {sealed, size}, {"a", 1}, plain, 2, &size));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK},
                             _table.open(_table.self, {sealed, size}, {"a", 1}, plain, size, &size));
        CPPUNIT_ASSERT_EQUAL(std::string("ana"), std::string(plain, size));
    }

    void testFailuresAreTold()
    {
        char sealed[36], plain[36];
        std::size_t size = 0;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, _table.seal(_table.self, {"ana", 3}, {"a", 1}, sealed, 36, &size));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_FAILED},
                             _table.open(_table.self, {sealed, 36}, {"b", 1}, plain, 36, &size));
        CPPUNIT_ASSERT_EQUAL(std::size_t{0}, size);
        CPPUNIT_ASSERT_EQUAL(std::int32_t{1}, _table.is_current(_table.self, {sealed, 36}));
        _keys.set(KeySet::fresh());
        CPPUNIT_ASSERT_EQUAL(std::int32_t{0}, _table.is_current(_table.self, {sealed, 36}));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_UNSUPPORTED},
                             _table.open(_table.self, {sealed, 36}, {"a", 1}, plain, 36, &size));
        KeyRing none{KeySet()};
        const PluginCrypto empty(none, "fake", _rotators, {[] { return true; }, [](std::string_view) {}});
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_FAILED},
                             empty.table()->seal(empty.table()->self, {"ana", 3}, {"a", 1}, sealed, 36, &size));
    }

    void testRotatorsRegisterInInitOnly()
    {
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, add("filas", &over));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, add("filas", &over));
        CPPUNIT_ASSERT(_reason.find("registered already") != std::string::npos);
        const std::string longName(61, 'a');
        for (const auto* name : {"", "Filas", "1", "a b", longName.c_str(), static_cast<const char*>(nullptr)})
            CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, add(name, &over));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, add("otras", nullptr));
        _isInit = false;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_MISUSE}, add("otras", &over));
        CPPUNIT_ASSERT_EQUAL(std::size_t{1}, _rotators.size());
        CPPUNIT_ASSERT_EQUAL(std::string("fake"), _rotators[0].plugin);
    }

    void testAPageThatDoesNotComeForwardIsRefused()
    {
        RotatedPage page;
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, add("filas", &over));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, runPage(_rotators[0], "", page));
        CPPUNIT_ASSERT(page.isOver);
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_OK}, add("otras", &nowhere));
        CPPUNIT_ASSERT_EQUAL(zoco_status{ZOCO_E_INVALID}, runPage(_rotators[1], "", page));
    }

    void testKeysCrossWhole()
    {
        auto set = KeySet::fresh();
        set.addNew();
        for (const auto& sent : {set, KeySet::parse("clear").value()})
        {
            Packer out(1, 2);
            packKeys(out, {sent, 7});
            const auto frame = out.finish();
            Unpacker in(std::string_view(frame).substr(Packer::kLengthBytes));
            const auto taken = unpackKeys(in);
            CPPUNIT_ASSERT_EQUAL(std::uint64_t{7}, taken.number);
            CPPUNIT_ASSERT_EQUAL(sent.isClear(), taken.keys.isClear());
            CPPUNIT_ASSERT(taken.keys.index() == sent.index());
            CPPUNIT_ASSERT_EQUAL(sent.keys().size(), taken.keys.keys().size());
            for (const auto& key : sent.keys()) CPPUNIT_ASSERT(taken.keys.find(key.id)->secret == key.secret);
            for (std::size_t cut = Packer::kLengthBytes + 1; cut < frame.size(); ++cut)
            {
                const auto part = std::string_view(frame).substr(Packer::kLengthBytes, cut - Packer::kLengthBytes);
                CPPUNIT_ASSERT_THROW(
                    {
                        Unpacker broken(part);
                        (void)unpackKeys(broken);
                    },
                    MalformedFrame);
            }
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PluginCryptoTest);

} // namespace zoco::host::test
