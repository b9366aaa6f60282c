#pragma once

#include "support/HostProcess.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace zoco::test
{

/// A member of a request's body, as /openapi.json describes it.
struct Campo
{
    std::string nombre;
    std::string tipo; ///< "string", "boolean", "enum"; empty: another
    bool isRequired = false;
};

/// An operation with a JSON object as its body.
struct Operacion
{
    std::string metodo;
    std::string ruta; ///< as a pattern
    std::vector<Campo> campos;

    std::string name() const { return metodo + ' ' + ruta; }
};

/// The operations below a path that take a JSON object, as the program that serves describes them.
std::vector<Operacion> operacionesDe(const HostProcess& host, const std::string& below);

/// JSON of a good value for each member, by name. Throws std::runtime_error for one that nobody has thought of yet:
/// then it belongs here.
std::string buenValor(const std::string& campo);

/// A body of good values; `instead`: JSON of others, or nothing for a member that is left out.
std::string cuerpo(const Operacion& operation, const std::map<std::string, std::optional<std::string>>& instead = {});

/// A pattern with values in place of its parameters; "x" for those that are not named.
std::string camino(const std::string& pattern, const std::map<std::string, std::string>& values);

} // namespace zoco::test
