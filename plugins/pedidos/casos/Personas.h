#pragma once

#include "Entorno.h"
#include "facturas/FacturasRepository.h"
#include "http/Vista.h"
#include "zoco/PersonalData.h"

#include <string>
#include <vector>

namespace pedidos
{

/// A person's data in orders: shown, forgotten, sealed again. [any-thread]
class Personas
{
public:
    /// [lifecycle, in start] All outlive it.
    Personas(const Entorno& entorno, const Vista& vista, const FacturasRepository& facturas);

    static std::vector<zoco::PersonalDataUse> uses();
    /// Orders as their customer sees them, with shipments and returns, and their invoices.
    std::vector<zoco::PersonalRecords> exported(const zoco::DataSubject& subject) const;
    /// Forgets whose the orders were that came to nothing, and the cart. What was paid is kept for the books.
    std::string erased(const zoco::DataSubject& subject) const;
    /// Seals a page of orders again that are under an old key.
    zoco::RotationPage rotated(std::string_view cursor) const;

private:
    struct Fila
    {
        std::string id;
        std::string estado;
    };
    std::string invoicesOf(const std::vector<Fila>& orders) const;
    std::vector<Fila> ordersOf(const zoco::DataSubject& subject) const;

    const Entorno& _e;
    const Vista& _vista;
    const FacturasRepository& _facturas;
    zoco::Operation _of, _forget, _forgetCart, _forgetCartLines, _page, _reseal;
};

} // namespace pedidos
