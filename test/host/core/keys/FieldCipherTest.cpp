#include "core/keys/FieldCipher.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host::test
{

/// What is sealed opens where it belongs, and nowhere else.
class FieldCipherTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FieldCipherTest);
    CPPUNIT_TEST(testWhatIsSealedOpensInItsContextOnly);
    CPPUNIT_TEST(testEveryChangedBitAndEveryOtherLengthIsNoticed);
    CPPUNIT_TEST(testNoNonceComesTwice);
    CPPUNIT_TEST(testFormatIsTheDocumentedOne);
    CPPUNIT_TEST(testOlderKeysOpenUntilTheyAreGone);
    CPPUNIT_TEST(testOfTwoKeysWithOneIdOnlyTheRightOneOpens);
    CPPUNIT_TEST(testBlindIndexDependsOnKeyPurposeAndValue);
    CPPUNIT_TEST(testBlindIndexIsTheDocumentedOne);
    CPPUNIT_TEST(testAllThreadsSealAtOnceWhileKeysChange);
    CPPUNIT_TEST(testAClearSetSealsNothing);
    CPPUNIT_TEST(testWithoutKeysNothingIsSealed);
    CPPUNIT_TEST_SUITE_END();

    static KeySet known()
    {
        return KeySet::parse("index " + std::string(64, '0') + "; key 01020304 " + std::string(64, '1')).value();
    }

    KeyRing _keys{KeySet::fresh()};
    const FieldCipher _cipher{_keys};

public:
    void testWhatIsSealedOpensInItsContextOnly()
    {
        for (const auto& plain : {std::string(), std::string("ana@example.com"), std::string(100'000, 'x')})
            for (const std::string context : {"", "usuarios.correo:1"})
            {
                const auto sealed = _cipher.seal(plain, context);
                CPPUNIT_ASSERT_EQUAL(plain.size() + FieldCipher::kOverhead, sealed.size());
                CPPUNIT_ASSERT(_cipher.open(sealed, context) == plain);
                CPPUNIT_ASSERT(!_cipher.open(sealed, context + "2"));
                CPPUNIT_ASSERT(FieldCipher::isSealed(sealed) && _cipher.isCurrent(sealed));
                CPPUNIT_ASSERT(plain.empty() || sealed.find(plain.substr(0, 5)) == std::string::npos);
            }
    }

    void testEveryChangedBitAndEveryOtherLengthIsNoticed()
    {
        const auto sealed = _cipher.seal("ana@example.com", "a");
        for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit)
        {
            auto changed = sealed;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            CPPUNIT_ASSERT(!_cipher.open(changed, "a"));
        }
        for (std::size_t size = 0; size < sealed.size(); ++size)
            CPPUNIT_ASSERT(!_cipher.open(sealed.substr(0, size), "a"));
        CPPUNIT_ASSERT(!_cipher.open(sealed + '\0', "a"));
        CPPUNIT_ASSERT(_cipher.open(sealed, "a")); // after failures the thread's cipher is as before
    }

    void testNoNonceComesTwice()
    {
        std::set<std::string> nonces;
        for (int i = 0; i < 10'000; ++i) nonces.insert(_cipher.seal("x", "").substr(5, 12));
        CPPUNIT_ASSERT_EQUAL(std::size_t{10'000}, nonces.size());
    }

    /// Made by another program: Python's cryptography.AESGCM, key 11..11, nonce 000102..0b, data "ana", bound to the
    /// head and "ctx".
    void testFormatIsTheDocumentedOne()
    {
        KeyRing keys(known());
        const std::string sealed("\xe1\x01\x02\x03\x04"
                                 "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b"
                                 "\x72\x8d\xd7\x0b\x73\x16\x45\x92\x60\xf1\x40\x22\x8a\xd3\x12\x80\x6b\x97\x68",
                                 36);
        CPPUNIT_ASSERT(FieldCipher(keys).open(sealed, "ctx") == std::string("ana"));
    }

    void testOlderKeysOpenUntilTheyAreGone()
    {
        const auto sealed = _cipher.seal("ana", "a");
        auto next = _keys.pin()->keys;
        const auto before = next.active()->id;
        next.activate(next.addNew());
        _keys.set(next);
        CPPUNIT_ASSERT(_cipher.open(sealed, "a") == std::string("ana"));
        CPPUNIT_ASSERT(!_cipher.isCurrent(sealed));
        CPPUNIT_ASSERT(_cipher.isCurrent(_cipher.seal("ana", "a")));
        next.remove(before);
        _keys.set(next);
        std::string out(sealed.size(), '\0');
        std::size_t size = 0;
        CPPUNIT_ASSERT(FieldCipher::Opened::UnknownKey ==
                       _cipher.open(sealed, "a", reinterpret_cast<unsigned char*>(out.data()), size));
    }

    void testOfTwoKeysWithOneIdOnlyTheRightOneOpens()
    {
        const auto head = "index " + std::string(64, '0') + "; key 01020304 ";
        KeyRing one(KeySet::parse(head + std::string(64, '1')).value());
        KeyRing other(KeySet::parse(head + std::string(64, '2')).value());
        const auto sealed = FieldCipher(one).seal("ana", "a");
        CPPUNIT_ASSERT(!FieldCipher(other).open(sealed, "a"));
        CPPUNIT_ASSERT(FieldCipher(one).open(sealed, "a") == std::string("ana"));
    }

    std::string index(const FieldCipher& cipher, std::string_view purpose, std::string_view value) const
    {
        std::string out(FieldCipher::kIndexBytes, '\0');
        cipher.blindIndex(purpose, value, reinterpret_cast<unsigned char*>(out.data()));
        return out;
    }

    void testBlindIndexDependsOnKeyPurposeAndValue()
    {
        const auto one = index(_cipher, "correo", "ana@example.com");
        CPPUNIT_ASSERT(one == index(_cipher, "correo", "ana@example.com"));
        CPPUNIT_ASSERT(one != index(_cipher, "correo", "ana@example.con"));
        CPPUNIT_ASSERT(one != index(_cipher, "correoa", "na@example.com"));
        auto rotated = _keys.pin()->keys;
        rotated.activate(rotated.addNew());
        _keys.set(rotated);
        CPPUNIT_ASSERT(one == index(_cipher, "correo", "ana@example.com"));
        KeyRing others(KeySet::fresh());
        CPPUNIT_ASSERT(one != index(FieldCipher(others), "correo", "ana@example.com"));
    }

    /// Made by another program: Python's hmac.
    void testBlindIndexIsTheDocumentedOne()
    {
        KeyRing keys(known());
        CPPUNIT_ASSERT(std::string("\xe8\x22\xaa\x01\x1f\xfd\x18\x85\x6b\x39\x3f\xfe\x54\x13\xcd\x57", 16) ==
                       index(FieldCipher(keys), "correo", "ana"));
    }

    void testAllThreadsSealAtOnceWhileKeysChange()
    {
        std::atomic<int> wrong{0};
        std::atomic<bool> isOver{false};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back(
                [&, t]
                {
                    const auto plain = std::string(100, static_cast<char>('a' + t));
                    while (!isOver) wrong += _cipher.open(_cipher.seal(plain, "c"), "c") == plain ? 0 : 1;
                });
        for (int i = 0; i < 50; ++i)
        {
            auto next = _keys.pin()->keys;
            next.activate(next.addNew());
            _keys.set(std::move(next));
        }
        isOver = true;
        for (auto& thread : threads) thread.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }

    void testAClearSetSealsNothing()
    {
        KeyRing clear(KeySet::parse("clear").value());
        const FieldCipher cipher(clear);
        const auto kept = cipher.seal("ana@example.com", "a");
        CPPUNIT_ASSERT(kept.find("ana@example.com") != std::string::npos);
        CPPUNIT_ASSERT(cipher.open(kept, "a") == std::string("ana@example.com"));
        CPPUNIT_ASSERT(cipher.isCurrent(kept) && FieldCipher::isSealed(kept));
        CPPUNIT_ASSERT(!_cipher.open(kept, "a")); // with keys nobody can pass clear bytes off as sealed
        CPPUNIT_ASSERT(!_cipher.isCurrent(kept));
    }

    void testWithoutKeysNothingIsSealed()
    {
        KeyRing none{KeySet()};
        CPPUNIT_ASSERT_THROW(FieldCipher(none).seal("ana", "a"), std::runtime_error);
        CPPUNIT_ASSERT_THROW(_cipher.seal(std::string(FieldCipher::kMostBytes + 1, 'x'), ""), std::runtime_error);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(FieldCipherTest);

} // namespace zoco::host::test
