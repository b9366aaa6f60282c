#pragma once

#include "Operacion.h"
#include "redsys/MerchantParameters.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// The books of the simulated bank: the last 10,000 payments and who is on its pages, in memory. Whoever reads or
/// changes them holds `lock` meanwhile; `copyOf` and `all` take it themselves. [any-thread]
class Libro
{
public:
    using Random = std::function<std::string(std::size_t bytes)>;
    using Now = std::function<std::int64_t()>; ///< microseconds since 1970

    static constexpr std::string_view kComercio = "999008881"; ///< the public merchant of Redsys's sandbox
    static constexpr std::int64_t kTerminal = 1;
    static constexpr int kAuthorized = 0; ///< responses of Redsys
    static constexpr int kDone = 900;     ///< capture and refund
    static constexpr int kCancelled = 400;

    Libro(Random random, Now now) : _random(std::move(random)), _now(std::move(now)) {}

    std::unique_lock<std::mutex> lock() const { return std::unique_lock(_mutex); }
    Operacion* find(std::string_view numero);
    Operacion* bySession(std::string_view sesion);
    /// A payment as a message asks for it, with a session that nobody can guess; not kept yet.
    Operacion made(const MerchantParameters& p) const;
    Operacion& keep(Operacion operacion);
    /// Accepts or refuses it, and moves the money.
    void decide(Operacion& operacion, int respuesta);
    std::string newCode();
    std::string newTransaction() const;
    int month() const; ///< YYYYMM
    std::int64_t now() const { return _now(); }

    std::optional<Operacion> copyOf(std::string_view numero) const;
    std::vector<Operacion> all() const; ///< the oldest first

    /// The first thing that is wrong with a payment, as Redsys numbers it ("SIS0018"); empty: nothing.
    static std::string faultOf(const MerchantParameters& p);

private:
    Random _random;
    Now _now;
    mutable std::mutex _mutex;
    std::map<std::string, Operacion, std::less<>> _operaciones;
    std::map<std::string, std::string, std::less<>> _sesiones; ///< the payment of each
    std::deque<std::string> _age;                              ///< oldest first
    std::uint32_t _code = 100'000;
};

} // namespace pagos
