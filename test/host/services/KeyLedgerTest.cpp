#include "services/KeyLedger.h"
#include "core/AsyncFile.h"
#include "services/ServiceChange.h"

#include <cppunit/extensions/HelperMacros.h>

#include <functional>
#include <map>
#include <string>

namespace zoco::host::test
{

namespace
{

/// A database that knows keys.
struct KnownKeys
{
    zoco_provider table{sizeof(zoco_provider), this, &attach, nullptr, &resolve, &call};
    std::map<std::int64_t, std::string> rows;
    std::function<void()> beforeAdd; ///< what somebody else does meanwhile
    bool isReadOnly = false;

    void add(const KeySet& keys) { rows = {{0, keys.indexFingerprint()}, {keys.active()->id, activeOf(keys)}}; }
    static std::string activeOf(const KeySet& keys) { return keys.active()->fingerprint(); }

private:
    static zoco_status attach(zoco_provider*, const zoco_consumer*, void**, void (*)(void*, zoco_str), void*)
    {
        return ZOCO_OK;
    }
    static zoco_status resolve(zoco_provider*, void*, zoco_str name, const zoco_str*, uint32_t, zoco_operation* out,
                               void (*)(void*, zoco_str), void*)
    {
        *out = view(name) == "gestorbbdd.claves" ? 1 : view(name) == "gestorbbdd.clave_apuntar" ? 2 : 3;
        return ZOCO_OK;
    }
    static zoco_status call(zoco_provider* p, void*, const zoco_call* c, zoco_sink* sink)
    {
        auto& self = *static_cast<KnownKeys*>(p->self);
        const auto& step = c->steps[0];
        const zoco::Row args(step.args, step.arg_count);
        if (step.operation == 1)
        {
            for (const auto& [id, fingerprint] : self.rows)
            {
                const Value row[] = {id, fingerprint};
                (void)sink->row(sink->self, 0, row, 2);
            }
            return ZOCO_OK;
        }
        if (self.beforeAdd) self.beforeAdd();
        if (self.isReadOnly) return ZOCO_E_UNAVAILABLE;
        const auto added = self.rows.emplace(args[0].integer(), std::string(args[1].text()));
        return added.second ? ZOCO_OK : ZOCO_E_DUPLICATE;
    }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

} // namespace

class KeyLedgerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(KeyLedgerTest);
    CPPUNIT_TEST(testTheFirstHostIsNoted);
    CPPUNIT_TEST(testTwoHostsMayStartTogether);
    CPPUNIT_TEST(testAnotherRingIsFoundOutThoughItStartsTogether);
    CPPUNIT_TEST(testAKeyThatCannotBeNotedRefuses);
    CPPUNIT_TEST_SUITE_END();

    AsyncFile _file{"/dev/null"};
    Log _log{_file, LogLevel::Info};
    ServiceRegistry _registry;
    KnownKeys _database;
    HostService _service{_registry, "s/1", "1.2.3", _log.source("test")};
    KeyLedger _ledger{_service};
    const KeySet _keys = KeySet::fresh();

public:
    void setUp() override
    {
        ServiceChange change(_registry, {});
        CPPUNIT_ASSERT(change.offer({"s/1", "p", &_database.table, nullptr}));
        std::string reason;
        CPPUNIT_ASSERT_MESSAGE(reason, change.rebind(reason));
        change.commit();
    }

    void testTheFirstHostIsNoted()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), _ledger.admit(_keys));
        CPPUNIT_ASSERT_EQUAL(std::size_t{2}, _database.rows.size());
        CPPUNIT_ASSERT_EQUAL(std::string(), _ledger.admit(_keys));
        CPPUNIT_ASSERT(has(_ledger.admit(KeySet::fresh()), "another index key"));
        CPPUNIT_ASSERT(has(_ledger.admit(*KeySet::parse("clear")), "has no keys"));
    }

    /// The other one has come as far as the index key, or to the end.
    void testTwoHostsMayStartTogether()
    {
        for (const bool isOtherThrough : {false, true})
        {
            _database.rows.clear();
            _database.beforeAdd = [&]
            {
                _database.beforeAdd = {};
                _database.add(_keys);
                if (!isOtherThrough) _database.rows.erase(_keys.active()->id);
            };
            CPPUNIT_ASSERT_EQUAL(std::string(), _ledger.admit(_keys));
            CPPUNIT_ASSERT_EQUAL(std::size_t{2}, _database.rows.size());
        }
    }

    void testAnotherRingIsFoundOutThoughItStartsTogether()
    {
        const auto other = KeySet::fresh();
        _database.beforeAdd = [&] { _database.add(other); };
        CPPUNIT_ASSERT(has(_ledger.admit(_keys), "another index key"));
        _database.rows.clear();
        auto sameIndex = _keys;
        sameIndex.activate(sameIndex.addNew());
        _database.beforeAdd = [&] // before the second of ours
        {
            if (!_database.rows.empty()) _database.rows[sameIndex.active()->id] = KnownKeys::activeOf(sameIndex);
        };
        CPPUNIT_ASSERT(has(_ledger.admit(_keys), "which this one does not have"));
    }

    void testAKeyThatCannotBeNotedRefuses()
    {
        _database.isReadOnly = true;
        CPPUNIT_ASSERT(has(_ledger.admit(_keys), "cannot be noted"));
        CPPUNIT_ASSERT(_database.rows.empty());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(KeyLedgerTest);

} // namespace zoco::host::test
