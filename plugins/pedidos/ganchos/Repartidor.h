#pragma once

#include "GanchosRepository.h"
#include "casos/Entorno.h"
#include "zoco/Executor.h"
#include "zoco/HttpClient.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>

namespace pedidos
{

/// How long to wait after so many tries that failed, in microseconds: `first`, then twice the time before, four hours
/// at most.
std::int64_t esperaTras(std::int64_t intentos, std::int64_t first) noexcept;

/// Tells webhooks what is due, signed: of each one delivery at a time, oldest first, of two at once. One that
/// fails is left alone for a while, the longer the more often, so that it keeps no other waiting. A try is claimed
/// before it is made, so that of several hosts one makes it, and another does when that one dies. [any-thread]
class Repartidor
{
public:
    /// All outlive it.
    Repartidor(const Entorno& entorno, const GanchosRepository& repository, const zoco::HttpClient& client,
               const zoco::Executor& executor)
        : _e(entorno), _repository(repository), _client(client), _executor(executor)
    {
    }

    /// Begins with what is due by now; waits for none of it.
    void wake() const;
    /// Forgets what is a month old.
    void forgetOld() const;

private:
    enum class Outcome
    {
        Done = 1,
        Nothing, ///< is due, or somebody else does it
        Failed
    };

    struct Rest
    {
        std::int64_t failures = 0; ///< in a row
        std::int64_t until = 0;    ///< in microseconds UTC
    };
    /// Ends what `take` began.
    class Turno
    {
    public:
        Turno(const Repartidor& of, const std::string& gancho) : _of(of), _gancho(gancho) {}
        ~Turno() { _of.release(_gancho); }
        Turno(const Turno&) = delete;
        Turno& operator=(const Turno&) = delete;

    private:
        const Repartidor& _of;
        const std::string& _gancho;
    };

    /// Whether it is this one's turn; `release` ends it.
    bool take(const std::string& gancho) const;
    void release(const std::string& gancho) const;
    void rest(const std::string& gancho) const;
    void awake(const std::string& gancho) const;
    void run(const std::string& gancho) const;
    Outcome deliverNext(const std::string& gancho) const;
    IntentoGancho tryOnce(const std::string& gancho, const TurnoGancho& turn) const;

    const Entorno& _e;
    const GanchosRepository& _repository;
    const zoco::HttpClient& _client;
    const zoco::Executor& _executor;
    mutable std::mutex _mutex;
    mutable std::set<std::string> _busy;          ///< webhooks that are being told something
    mutable std::map<std::string, Rest> _resting; ///< webhooks that failed last
};

} // namespace pedidos
