#pragma once

#include "Interruptores.h"
#include "Operacion.h"
#include "redsys/Signature.h"
#include "zoco/Executor.h"
#include "zoco/HttpClient.h"
#include "zoco/Log.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace pagos
{

/// Sends the simulated service's notifications, and does to them what the switches say. [any-thread]
class Avisador
{
public:
    Avisador(const SigningKey& key, const zoco::HttpClient& http, const zoco::Executor& executor, zoco::Log log)
        : _key(key), _http(http), _executor(executor), _log(log)
    {
    }

    void set(const Interruptores& interruptores);
    Interruptores get() const;
    /// How long the answer to the shop has to wait, and whether it is to be lost; counts.
    std::pair<std::int64_t, bool> nextAnswer();

    void send(const Notificacion& notificacion);

private:
    struct Lista
    {
        std::string url;
        std::string body;
    };

    std::string bodyOf(const Notificacion& notificacion);
    void post(const Lista& lista, std::int64_t delayMs) const;

    const SigningKey& _key;
    const zoco::HttpClient& _http;
    const zoco::Executor& _executor;
    zoco::Log _log;
    mutable std::mutex _mutex;
    Interruptores _interruptores;
    std::vector<Lista> _held;
};

} // namespace pagos
