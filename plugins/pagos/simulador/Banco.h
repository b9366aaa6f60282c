#pragma once

#include "Libro.h"
#include "Respuesta.h"

#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// The bank behind the simulated payment service, as shops speak to it: what Redsys's REST messages and queries do
/// there. It knows nothing of HTTP or signatures; cards are looked at and forgotten. [any-thread]
class Banco
{
public:
    explicit Banco(Libro& libro) : _libro(libro) {}

    /// iniciaPeticionREST: what a card takes to be authenticated.
    Respuesta initiate(const MerchantParameters& p) const;
    /// trataPeticionREST. `acs`: the address of the page with the challenge. `firma`: how notifications are signed.
    Respuesta transact(const MerchantParameters& p, std::string_view acs, std::string_view firma);
    /// The operations of an order; none: there is no such order.
    std::vector<Valores> query(std::string_view numero) const;

private:
    Respuesta pay(const MerchantParameters& p, std::string_view acs, std::string_view firma);
    Respuesta change(const MerchantParameters& p, int tipo, std::string_view firma);

    Libro& _libro;
};

} // namespace pagos
