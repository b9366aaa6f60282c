#pragma once

#include "Comprador.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace zoco::test
{

/// Whether the money at the bank, the payments of the shop, its orders and its stock agree.
class Cuadre
{
public:
    using Rows = std::vector<std::vector<std::string>>;
    /// SQL, told as texts.
    using Query = std::function<Rows(const std::string& sql)>;

    /// `books`: JSON of what the bank has; `compras`: by order. They outlive it.
    Cuadre(const std::string& books, const Query& query, const std::map<std::string, Compra>& compras);

    /// The first thing that is wrong; empty: nothing.
    std::string fault() const;

    /// What it came to, for who reads the test's output.
    struct Cuenta
    {
        int charges = 0;
        int paid = 0;
        int wholeRefunds = 0;
        int partRefunds = 0;
        int heldLater = 0; ///< captured after they were authorised
    };
    const Cuenta& count() const noexcept { return _count; }

private:
    struct Movido
    {
        std::int64_t captured = 0;
        std::int64_t refunded = 0;
        std::int64_t held = 0; ///< authorised, and neither captured nor let go
        int refunds = 0;

        std::int64_t kept() const noexcept { return captured - refunded + held; }
    };
    struct Pago
    {
        std::string id;
        std::string pedido;
        std::string estado;
        Movido shop;
        Movido bank;
        bool isReported = false; ///< that it goes back by itself
    };

    std::string faultOfPayments() const;
    std::string faultOfOrders() const;
    std::string faultOfStock() const;
    std::string faultOfTasks() const;
    std::string faultOfOrder(const std::string& pedido, const std::string& estado, std::int64_t total) const;

    const Query& _query;
    const std::map<std::string, Compra>& _compras;
    std::map<std::string, Pago> _pagos; ///< by number at the bank
    std::string _strange;               ///< money at the bank that no payment of the shop knows
    Cuenta _count;
};

} // namespace zoco::test
