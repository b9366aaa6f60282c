#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

namespace zoco::host
{

class Session;

/// The last sessions that ended before their time, so that an answer which was under way meanwhile can be told from a
/// good one. [any-thread]
class Revocations
{
public:
    /// To be taken before the question is asked.
    std::uint64_t now() const;
    void addUser(std::string_view user) { add({0, std::string(user), {}}); }
    void addSession(std::string_view session) { add({0, {}, std::string(session)}); }
    /// All that was answered so far may be wrong.
    void addAll() { add({}); }

    enum class Hit
    {
        No = 1,
        Yes,
        Unknown ///< too much happened since: to be asked again
    };
    /// Whether a session that was answered to a question of then has ended since.
    Hit hitSince(std::uint64_t then, const Session& session) const;

private:
    struct Revocation
    {
        std::uint64_t number = 0;
        std::string user;
        std::string session;
    };
    void add(Revocation revocation);

    mutable std::mutex _mutex;
    std::uint64_t _last = 0;
    std::deque<Revocation> _recent;
};

} // namespace zoco::host
