#pragma once

#include "Comercio.h"

#include <cstdint>
#include <memory>
#include <string>

namespace zoco::test
{

/// A shop with a plugin that pays whatever order it is told to, on the engine of the test.
std::unique_ptr<Comercio> tiendaConCobrador(bool isMariaDb, Comercio::Settings settings = {},
                                            Comercio::Settings more = {});
/// Settings of such a plugin, for a shop that a test opens itself.
Comercio::Settings conCobrador(Comercio::Settings more = {});

/// An order that was made. A value.
struct Encargo
{
    std::string id;
    std::string numero;
    std::string acceso;
    std::int64_t total = 0;

    std::string path(const std::string& rest = {}) const { return "/Pedidos/" + id + rest; }
    std::string line() const { return "X-Acceso: " + acceso + "\r\n"; }
};

/// What somebody orders who has something in the cart; throws when it is no order. `more`: members, each with a comma
/// before it. `headers`: of the request.
Encargo encargar(Cliente& cliente, const std::string& more = R"(,"correo":"ana@example.org")",
                 const std::string& headers = {}, const std::string& nombre = "Íñigo Núñez");

/// The order is paid; the answer's outcome.
std::string pagar(const Comercio& shop, const Encargo& order);
/// Something of it is given back.
void reembolsar(const Comercio& shop, const Encargo& order, const std::string& id, std::int64_t importe,
                const std::string& motivo = "Devoluci%C3%B3n");

} // namespace zoco::test
