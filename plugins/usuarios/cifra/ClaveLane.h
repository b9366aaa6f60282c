#pragma once

#include "Argon2.h"
#include "zoco/Executor.h"

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace usuarios
{

/// What is done with a password: compared, hashed anew, or both.
struct TrabajoClave
{
    std::string clave;
    std::string guardada; ///< PHC text to compare with; empty: none
    std::string nueva;    ///< to be hashed; empty: none, but for `guardada` when its cost is not today's
    /// Asked when its turn has come, on a thread of normal priority, so that it may write; what it throws fails the
    /// work; empty: it is.
    std::function<bool()> isWanted = {};
};

struct ResultadoClave
{
    bool coincide = false;
    std::string hash; ///< empty: none was made
};

/// Hashes passwords on few threads of low priority at a time, since each takes much memory and processor: what comes
/// meanwhile waits in a queue, and so costs next to nothing, up to a limit. Nothing but hashing is done there, lest
/// those who wait for the same lock or the same group of writes wait for such a thread. [any-thread]
class ClaveLane
{
public:
    using Random = std::function<std::string(std::size_t bytes)>;
    /// Called on a thread of the plugin of normal priority, with `hasFailed` when there was no memory or the work's
    /// question threw. Must not throw.
    using Then = std::function<void(const ResultadoClave&, bool hasFailed)>;

    /// `width` at a time, `most` waiting. `random` makes salts.
    ClaveLane(const zoco::Executor& executor, Random random, CosteClave coste, std::size_t width, std::size_t most);
    ClaveLane(const ClaveLane&) = delete;
    ClaveLane& operator=(const ClaveLane&) = delete;

    /// False: the queue is full, and `then` will not be called.
    bool post(TrabajoClave work, Then then);

    /// At once, on this thread: for commands.
    std::string hash(std::string_view clave) const { return hashClave(clave, _random(kSaltBytes), _coste); }

    /// A hash of nobody's password: comparing with it takes as long as with a real one.
    const std::string& dummy() const noexcept { return _dummy; }

private:
    static constexpr std::size_t kSaltBytes = 16;

    struct Item
    {
        TrabajoClave work;
        Then then;
    };

    void onNormalThread(const std::function<void()>& task) const;
    void ask();
    std::optional<Item> next();
    void runOne(const Item& item) const;
    ResultadoClave done(const TrabajoClave& work) const;

    const zoco::Executor& _executor;
    const Random _random;
    const CosteClave _coste;
    const std::size_t _width;
    const std::size_t _most;
    const std::string _dummy;

    std::mutex _mutex; ///< of what follows
    std::deque<Item> _queue;
    std::size_t _running = 0;
};

} // namespace usuarios
