#pragma once

#include "conectores/Conector.h"
#include "datos/PagosRepository.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// The payment services, and what they are asked for in the name of a payment. [any-thread]
class Encargos
{
public:
    using Conectores = std::map<std::string, std::unique_ptr<Conector>, std::less<>>;

    /// Outlives it.
    explicit Encargos(const Conectores& conectores) : _conectores(conectores) {}

    /// Null when it is not configured.
    Conector* connectorOf(std::string_view id) const;
    Encargo orderFor(const Registro& registro, std::int64_t importe) const;

private:
    const Conectores& _conectores;
};

/// Events with what the service said about them.
std::vector<Anotado> annotated(const Resultado& resultado);

} // namespace pagos
