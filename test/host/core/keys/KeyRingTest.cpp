#include "core/keys/KeyRing.h"

#include <cppunit/extensions/HelperMacros.h>

namespace zoco::host::test
{

/// Keys that change while others use them.
class KeyRingTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(KeyRingTest);
    CPPUNIT_TEST(testAPinKeepsItsEdition);
    CPPUNIT_TEST(testListenersAreToldOfEachChange);
    CPPUNIT_TEST(testAnOlderEditionIsNotFollowed);
    CPPUNIT_TEST_SUITE_END();

    struct Listener final : KeyListener
    {
        explicit Listener(KeyRing& ring) : keys(ring) {}
        void keysChanged() override { seen.push_back(keys.pin()->number); }
        KeyRing& keys;
        std::vector<std::uint64_t> seen;
    };

    KeyRing _keys{KeySet::fresh()};

public:
    void testAPinKeepsItsEdition()
    {
        const auto before = _keys.pin();
        const auto id = before->keys.active()->id;
        _keys.set(KeySet::fresh());
        _keys.set(KeySet::fresh());
        CPPUNIT_ASSERT_EQUAL(id, before->keys.active()->id);
        CPPUNIT_ASSERT(!_keys.isCurrent(before));
        CPPUNIT_ASSERT(_keys.pin()->keys.active()->id != id);
    }

    void testListenersAreToldOfEachChange()
    {
        Listener one(_keys), other(_keys);
        _keys.add(one);
        _keys.add(other);
        _keys.set(KeySet::fresh());
        _keys.remove(one);
        _keys.set(KeySet::fresh());
        CPPUNIT_ASSERT(one.seen == std::vector<std::uint64_t>{1});
        CPPUNIT_ASSERT((other.seen == std::vector<std::uint64_t>{1, 2}));
        _keys.remove(other);
    }

    void testAnOlderEditionIsNotFollowed()
    {
        const auto newer = KeySet::fresh(), older = KeySet::fresh();
        _keys.follow({newer, 7});
        _keys.follow({older, 6});
        CPPUNIT_ASSERT_EQUAL(newer.active()->id, _keys.pin()->keys.active()->id);
        _keys.follow({older, 8});
        CPPUNIT_ASSERT_EQUAL(older.active()->id, _keys.pin()->keys.active()->id);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyRingTest);

} // namespace zoco::host::test
