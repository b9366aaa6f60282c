#pragma once

#include "Interruptores.h"
#include "Llaves.h"
#include "Operacion.h"
#include "zoco/Executor.h"
#include "zoco/HttpClient.h"
#include "zoco/Log.h"

#include <atomic>
#include <functional>
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
    Avisador(const Llaves& llaves, const zoco::HttpClient& http, const zoco::Executor& executor, zoco::Log log)
        : _llaves(llaves), _http(http), _executor(executor), _log(log)
    {
    }

    /// The address by which notifications come to this plugin itself, without a network.
    static constexpr std::string_view kInside = "dentro";
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
    };

    std::string bodyOf(const Notificacion& notificacion);
    void post(const Lista& lista, std::int64_t delayMs) const;

    const Llaves& _llaves;
    const zoco::HttpClient& _http;
    const zoco::Executor& _executor;
    zoco::Log _log;
    std::function<void(const std::string& body)> _inside;
    mutable std::atomic<std::uint64_t> _sent{0};
    mutable std::mutex _mutex;
    Interruptores _interruptores;
    std::vector<Lista> _held;
};

} // namespace pagos
