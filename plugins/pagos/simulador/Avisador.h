#pragma once

#include "Interruptores.h"
#include "Llaves.h"
#include "Operacion.h"
#include "zoco/Executor.h"
#include "zoco/HttpClient.h"
#include "zoco/Log.h"

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace pagos
{

/// Sends the simulated service's notifications, and does to them what the switches say. [any-thread]
class Avisador
{
public:
    Avisador(const Llaves& llaves, const zoco::HttpClient& http, const zoco::Executor& executor, zoco::Log log)
        : _llaves(llaves), _http(http), _executor(executor), _log(log)
    {
    }

    /// The address by which notifications come to this plugin itself, without a network.
    static constexpr std::string_view kInside = "dentro";
    /// What is told of a payment from the inside waits from `hold` to `release`, each call of one answered by one of
    /// the other: a payment service does not notify sooner than it answers.
    void hold(const std::string& numero);
    void release(const std::string& numero);
    /// Who takes those. [lifecycle, in start]
    void deliverInside(std::function<void(const std::string& body)> take) { _inside = std::move(take); }

    void set(const Interruptores& interruptores);
    Interruptores get() const;
    /// How long the answer to the shop has to wait, and whether it is to be lost; counts.
    std::pair<std::int64_t, bool> nextAnswer();

    void send(const Notificacion& notificacion);
    /// Notifications that have reached somebody or nobody so far, each time counted.
    std::uint64_t sent() const noexcept { return _sent; }

private:
    struct Lista
    {
        std::string url;
        std::string body;
        std::string numero;
    };
    /// What waits for an answer to be stored, each with its delay.
    struct Espera
    {
        int holds = 0;
        std::vector<std::pair<Lista, std::int64_t>> listas;
    };

    std::string bodyOf(const Notificacion& notificacion);
    void post(const Lista& lista, std::int64_t delayMs);
    void dispatch(const Lista& lista, std::int64_t delayMs) const;

    const Llaves& _llaves;
    const zoco::HttpClient& _http;
    const zoco::Executor& _executor;
    zoco::Log _log;
    std::function<void(const std::string& body)> _inside;
    mutable std::atomic<std::uint64_t> _sent{0};
    mutable std::mutex _mutex;
    Interruptores _interruptores;
    std::vector<Lista> _held;
    std::map<std::string, Espera> _waiting; ///< by number
};

} // namespace pagos
