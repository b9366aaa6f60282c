#pragma once

#include "services/ServiceChange.h"
#include "zoco/Problem.h"
#include "zoco/Value.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace zoco::host::test
{

/// A zoco.data/1 that has nothing but stored answers. [any-thread]
class FakeAnswers
{
public:
    explicit FakeAnswers(ServiceRegistry& registry) : _registry(registry) {}

    /// Makes it what the host asks; or nobody.
    void offer() { change(true); }
    void withdraw() { change(false); }

    /// What a handler's group would have written.
    void store(const zoco_request& request, const std::string& body, const std::string& headers = "ETag: \"1\"\n")
    {
        const std::lock_guard lock(_mutex);
        const auto& known = *request.idempotency;
        _rows[name(view(known.route), view(known.subject), view(known.key))] = {std::string(view(known.fingerprint)),
                                                                                headers, body};
    }
    void setStatus(zoco_status status) { _status = status; }
    int lookups() const { return _lookups; }
    std::int64_t removedBefore() const { return _removedBefore; }

private:
    struct Row
    {
        std::string fingerprint, headers, body;
    };

    static std::string name(std::string_view route, std::string_view subject, std::string_view key)
    {
        return std::string(route) + '|' + std::string(subject) + '|' + std::string(key);
    }
    static FakeAnswers& self(zoco_provider* provider) { return *static_cast<FakeAnswers*>(provider->self); }

    void change(bool isOffered)
    {
        ServiceChange change(_registry, {"gestorbbdd"});
        std::string reason;
        if (isOffered) (void)change.offer({"zoco.data/1", "gestorbbdd", &_table, nullptr});
        (void)change.rebind(reason);
        change.commit();
    }

    static zoco_status resolve(zoco_provider*, void*, zoco_str operation, const zoco_str*, uint32_t,
                               zoco_operation* out, void (*)(void*, zoco_str), void*)
    {
        *out = view(operation) == "gestorbbdd.respuesta_leer" ? 1 : 2;
        return ZOCO_OK;
    }
    static zoco_status call(zoco_provider* provider, void*, const zoco_call* call, zoco_sink* sink)
    {
        auto& me = self(provider);
        const auto* args = call->steps[0].args;
        const std::lock_guard lock(me._mutex);
        if (call->steps[0].operation == 2)
        {
            me._removedBefore = Value(args[0]).integer();
            return ZOCO_OK;
        }
        ++me._lookups;
        if (me._status < 0) return me._status;
        const auto found = me._rows.find(name(Value(args[1]).text(), Value(args[2]).text(), Value(args[3]).text()));
        if (found == me._rows.end()) return ZOCO_OK;
        const auto& row = found->second;
        const Value values[] = {Value::blob(row.fingerprint), 201, row.headers, Value::blob(row.body)};
        return sink->row(sink->self, 0, values, 4);
    }

    ServiceRegistry& _registry;
    zoco_provider _table{sizeof(zoco_provider), this, nullptr, nullptr, &resolve, &call};
    std::atomic<zoco_status> _status{ZOCO_OK};
    std::atomic<int> _lookups{0};
    std::atomic<std::int64_t> _removedBefore{0};
    std::mutex _mutex; ///< of what follows
    std::map<std::string, Row> _rows;
};

} // namespace zoco::host::test
