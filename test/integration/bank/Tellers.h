#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace zoco::test
{

constexpr int kAccounts = 8;            ///< of the fixture bank, numbered from 0
constexpr std::int64_t kOpening = 1000; ///< what was in each at first

/// A transfer that was asked for, and what its client knows of it.
struct Transfer
{
    enum class Fate
    {
        Acknowledged = 1,
        Refused, ///< "it did not happen"
        Unknown  ///< no answer, or one that says so
    };

    std::int64_t id = 0;
    int from = 0;
    int to = 0;
    std::int64_t amount = 0;
    Fate fate = Fate::Unknown;
    std::string answer{}; ///< the body, when acknowledged
};

/// Whether requests have an Idempotency-Key.
enum class Keys
{
    None = 1,
    OnePerTransfer
};

/// Clients of the fixture bank who transfer without pause, from account to account, under numbers from `firstId` on. A
/// client whose connection is lost goes home.
class Tellers
{
public:
    Tellers(std::uint16_t port, std::int64_t firstId, Keys keys = Keys::None, int clients = 8);
    ~Tellers() { stop(); }
    Tellers(const Tellers&) = delete;
    Tellers& operator=(const Tellers&) = delete;

    void stop();
    std::size_t acknowledged() const noexcept { return _acknowledged; }
    /// Answers that say "not now", whatever is asked.
    std::size_t unserved() const noexcept { return _unserved; }

    /// What follows is for after `stop`.
    std::vector<Transfer> transfers() const;
    /// The first answer that the bank never gives, behind the number of its transfer; empty: none.
    std::string fault() const;
    /// That number; -1: none.
    std::int64_t faultyId() const;
    /// Why the first one went home before `stop`; empty: none did.
    std::string loss() const;
    /// The longest that one waited for an answer.
    std::chrono::milliseconds slowest() const;

private:
    struct Client
    {
        std::vector<Transfer> transfers;
        std::string fault;
        std::int64_t faulty = -1;
        std::string loss;
        std::chrono::nanoseconds slowest{0};
        std::thread thread;
    };

    void work(Client& self, std::uint16_t port, std::int64_t firstId);

    const Keys _keys;
    std::atomic<bool> _isOver{false};
    std::atomic<std::size_t> _acknowledged{0};
    std::atomic<std::size_t> _unserved{0};
    std::vector<Client> _clients;
};

/// Asks once more for those that were acknowledged, or nobody knows of, with their keys. What is wrong: an acknowledged
/// one is not answered as before, or one happened without its answer. Empty: nothing.
std::string faultOfRepeats(std::uint16_t port, const std::vector<Transfer>& transfers);

} // namespace zoco::test
