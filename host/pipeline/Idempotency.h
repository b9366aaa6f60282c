#pragma once

#include "Fingerprint.h"
#include "KeysInFlight.h"
#include "StoredAnswers.h"
#include "core/Log.h"
#include "core/RepeatingTimer.h"
#include "core/WorkerPool.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace zoco::host
{

class Call;

/// What the configuration says of it. A value.
struct IdempotencySettings
{
    std::string keyFile;    ///< of the fingerprints
    bool mayMakeKey = true; ///< when the file is not there
    std::chrono::hours retention{24};
    std::size_t threads = 8;        ///< that ask for stored answers, at most
    std::size_t queueLimit = 4096;  ///< requests that wait for one of them
    std::int64_t cleanMs = 600'000; ///< how often old answers are deleted
};

/// Answers a request that comes twice with one Idempotency-Key as it answered it before. Whether it did stands in the
/// database: a stored answer is sent again, and without the database nothing passes. What is being served just now is
/// known to this process alone; of two that serve one key, the database lets one store its answer, and the other one's
/// failure is replaced by that answer.
class Idempotency
{
public:
    /// Throws std::runtime_error when the key cannot be had. Before the first change of `data`.
    Idempotency(IdempotencySettings settings, const HostService& data, const KeyRing& keys, TimerQueue& timers,
                const Log& log);
    Idempotency(const Idempotency&) = delete;
    Idempotency& operator=(const Idempotency&) = delete;

    /// Takes a request whose route takes a key: answers it, or passes it on, at once when it has none. [loop]
    void admit(Call& call) noexcept;
    /// For a rotation of keys.
    const StoredAnswers& answers() const noexcept { return _answers; }
    /// As CallFinisher::reconsider. [any-thread]
    bool reconsider(Call& call, Response& response) noexcept;
    /// Finishes what waits. From now on there are no known requests. Before `data` and plugins end.
    void shutdown() noexcept { _pool.shutdown(); }

private:
    struct Admission;
    struct Reconsideration;

    static void look(void* admission);
    static void lookAgain(void* reconsideration);
    static void postCleaning(void* self);
    static void clean(void* owner);
    std::unique_ptr<KnownRequest> recognize(const Call& call, std::string key) const;
    void admitKnown(Call& call, std::string key);
    void replaceByStored(const Call& call, Response& response);

    const IdempotencySettings _settings;
    const Fingerprint _fingerprint;
    const StoredAnswers _answers;
    LogSource _log;
    KeysInFlight _inFlight;
    WorkerPool _pool;
    RepeatingTimer _cleaning; ///< last: it uses the rest
};

/// The problem of a key whose request is being served.
inline constexpr std::string_view kKeyInFlight = "idempotency-in-flight";

} // namespace zoco::host
