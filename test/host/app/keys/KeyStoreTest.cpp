#include "app/keys/KeyStore.h"
#include "app/keys/KeyProgram.h"
#include "app/keys/KeyState.h"
#include "support/TempFolder.h"

#include <cppunit/extensions/HelperMacros.h>

#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace zoco::host::test
{

/// Where keys come from, and what keeps a host from starting with others than before.
class KeyStoreTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(KeyStoreTest);
    CPPUNIT_TEST(testTheFirstStartMakesAFileForItsOwner);
    CPPUNIT_TEST(testACheckMakesNothing);
    CPPUNIT_TEST(testOtherPlaces);
    CPPUNIT_TEST(testFaultsNamePlaceAndReason);
    CPPUNIT_TEST(testAKeyThatWasKnownMayNotBeMissing);
    CPPUNIT_TEST(testAFileThatIsGoneIsNotMadeAnew);
    CPPUNIT_TEST(testWhatIsSavedIsWholeAndForItsOwner);
    CPPUNIT_TEST(testACommandThatFailsOrIsLate);
    CPPUNIT_TEST(testTheStateKeepsAnyCursor);
    CPPUNIT_TEST_SUITE_END();

    zoco::test::TempFolder _folder;

    std::string data() const { return _folder.path("data"); }
    KeyStore store(KeySettings settings = {}) const { return {std::move(settings), data()}; }
    static std::string fault(const KeyStore& store)
    {
        try
        {
            (void)store.load();
            return {};
        }
        catch (const std::runtime_error& e)
        {
            return e.what();
        }
    }
    static mode_t modeOf(const std::string& path)
    {
        struct stat info
        {
        };
        return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
    }
    static bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

public:
    void setUp() override { std::filesystem::create_directories(data()); }

    void testTheFirstStartMakesAFileForItsOwner()
    {
        const auto first = store().load();
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, modeOf(data() + "/keys"));
        CPPUNIT_ASSERT_EQUAL(first.text(), store().load().text());
        CPPUNIT_ASSERT_EQUAL(first.text(), zoco::test::readFile(data() + "/keys"));
        CPPUNIT_ASSERT(!has(zoco::test::readFile(data() + "/keys.state"), first.active()->secret.hex()));
    }

    void testACheckMakesNothing()
    {
        CPPUNIT_ASSERT(store().load(false).active() != nullptr);
        CPPUNIT_ASSERT(std::filesystem::is_empty(data()));
    }

    void testOtherPlaces()
    {
        auto wanted = KeySet::fresh();
        const auto file = _folder.write("mine", wanted.text(), 0400);
        CPPUNIT_ASSERT_EQUAL(wanted.text(), store({file, {}, {}}).load().text());
        CPPUNIT_ASSERT_EQUAL(wanted.text(), store({{}, wanted.text(), {}}).load().text());
        CPPUNIT_ASSERT_EQUAL(wanted.text(), store({{}, {}, "echo not shown >&2; cat " + file}).load().text());
        CPPUNIT_ASSERT(!std::filesystem::exists(data() + "/keys"));
        CPPUNIT_ASSERT_THROW(store({{}, wanted.text(), {}}).save(wanted), std::runtime_error);
    }

    void testFaultsNamePlaceAndReason()
    {
        const auto good = KeySet::fresh().text();
        const auto open = _folder.write("open", good, 0640);
        CPPUNIT_ASSERT_EQUAL("the keys file: " + open + " may be read by others than its owner; use chmod 600",
                             fault(store({open, {}, {}})));
        const auto broken = _folder.write("broken", good + "what is this\n", 0600);
        CPPUNIT_ASSERT_EQUAL("the keys file " + broken + ": line 5: it begins with none of index, key, active",
                             fault(store({broken, {}, {}})));
        const auto none = _folder.path("none");
        CPPUNIT_ASSERT_EQUAL("the keys file: cannot read " + none + ": No such file or directory",
                             fault(store({none, {}, {}})));
        CPPUNIT_ASSERT_EQUAL(std::string("ZOCO_HOST_KEYS: the index key is missing"),
                             fault(store({{}, "active 00000001", {}})));
        CPPUNIT_ASSERT_EQUAL(std::string("host.keys_command: it ended with status 3"),
                             fault(store({{}, {}, "echo secret; exit 3"})));
        CPPUNIT_ASSERT_EQUAL(std::string("host.keys_command: line 1: it begins with none of index, key, active"),
                             fault(store({{}, {}, "echo secret"})));
    }

    void testAKeyThatWasKnownMayNotBeMissing()
    {
        auto keys = store().load();
        const auto first = keys.active()->id;
        keys.activate(keys.addNew());
        store().save(keys);
        (void)store().load();
        keys.remove(first);
        store().save(keys);
        CPPUNIT_ASSERT(has(fault(store()), "the key " + keyIdText(first) + " is missing"));
        const auto others = KeySet::fresh();
        auto state = KeyState::read(store().stateFile());
        state.known.clear();
        state.write(store().stateFile());
        store().save(others);
        CPPUNIT_ASSERT(has(fault(store()), "the index key is another one than before"));
    }

    void testAFileThatIsGoneIsNotMadeAnew()
    {
        const auto id = keyIdText(store().load().active()->id);
        std::filesystem::remove(data() + "/keys");
        const auto why = fault(store());
        CPPUNIT_ASSERT_MESSAGE(why, has(why, data() + "/keys: it is gone") && has(why, id));
        CPPUNIT_ASSERT(!std::filesystem::exists(data() + "/keys"));
    }

    void testWhatIsSavedIsWholeAndForItsOwner()
    {
        auto keys = KeySet::fresh();
        const auto file = _folder.write("real", keys.text(), 0600);
        std::filesystem::create_symlink(file, _folder.path("link"));
        _folder.write("real.tmp", "left behind", 0644);
        keys.activate(keys.addNew());
        store({_folder.path("link"), {}, {}}).save(keys);
        CPPUNIT_ASSERT(std::filesystem::is_symlink(_folder.path("link")));
        CPPUNIT_ASSERT_EQUAL(keys.text(), zoco::test::readFile(file));
        CPPUNIT_ASSERT_EQUAL(mode_t{0600}, modeOf(file));
    }

    void testACommandThatFailsOrIsLate()
    {
        std::string out, why;
        const auto begun = std::chrono::steady_clock::now();
        CPPUNIT_ASSERT(!runKeyProgram("echo secret; sleep 60 & sleep 60", out, why, std::chrono::milliseconds(200)));
        CPPUNIT_ASSERT(std::chrono::steady_clock::now() - begun < std::chrono::seconds(20));
        CPPUNIT_ASSERT_EQUAL(std::string("it did not end in time"), why);
        CPPUNIT_ASSERT(out.empty());
        why.clear();
        CPPUNIT_ASSERT(!runKeyProgram("yes", out, why));
        CPPUNIT_ASSERT_EQUAL(std::string("it wrote more than 64 KiB"), why);
        why.clear();
        CPPUNIT_ASSERT(!runKeyProgram("kill -9 $$", out, why));
        CPPUNIT_ASSERT_EQUAL(std::string("it was ended by signal 9"), why);
        ::setenv("ZOCO_HOST_SECRET", "1", 1);
        CPPUNIT_ASSERT(runKeyProgram("echo \"$ZOCO_HOST_SECRET.\"; cat", out, why));
        CPPUNIT_ASSERT_EQUAL(std::string(".\n"), out);
        ::unsetenv("ZOCO_HOST_SECRET");
    }

    void testTheStateKeepsAnyCursor()
    {
        KeyState state;
        state.index = "0a0b0c0d";
        state.known = {1, 0xfedcba98};
        state.rotation = KeyState::Rotation::Running;
        state.target = 0xfedcba98;
        state.at("usuarios", "correos") = {"usuarios", "correos", false, 7, 1000, std::string("a\0 \n\xff", 5)};
        state.at("host", "events").isOver = true;
        state.write(store().stateFile());
        const auto again = KeyState::read(store().stateFile());
        CPPUNIT_ASSERT(again.known == state.known && again.index == state.index && again.target == state.target);
        CPPUNIT_ASSERT(again.rotation == KeyState::Rotation::Running);
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, again.rotators.size());
        CPPUNIT_ASSERT(again.rotators[0].cursor == state.rotators[0].cursor && again.rotators[0].done == 7);
        CPPUNIT_ASSERT(again.rotators[1].isOver && again.rotators[1].cursor.empty());
        CPPUNIT_ASSERT(KeyState::read(_folder.path("none")).known.empty());
        _folder.write("data/keys.state", "rotation x running\n");
        CPPUNIT_ASSERT_THROW(KeyState::read(store().stateFile()), std::runtime_error);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyStoreTest);

} // namespace zoco::host::test
