#pragma once

#include "Entorno.h"
#include "http/Paso.h"
#include "http/Visita.h"

#include <optional>
#include <string>

namespace usuarios
{

/// With what somebody logs in.
struct Credenciales
{
    Correo correo;
    std::string clave;
    std::string codigo; ///< of the second factor, or a recovery code; empty: none
};

/// Logging in and out. The time it takes does not tell whether an address has an account. [any-thread]
class Acceso
{
public:
    explicit Acceso(const Entorno& e) : _e(e), _contadores(e.ajustes) {}

    /// Makes a session; 401 `credenciales-invalidas`, 401 `segundo-factor`, 429 `demasiados-intentos`.
    Paso entrar(const zoco::Request& request, Credenciales credentials) const;
    zoco::Result<void> salir(const zoco::CallContext& context, const Visita& visita) const;
    /// Ends another session of one's own; 404 when there is none.
    zoco::Result<void> terminar(const zoco::CallContext& context, const Visita& visita, std::string_view id) const;
    zoco::Result<void> terminarOtras(const zoco::CallContext& context, const Visita& visita) const;
    /// Whether who asks logged in a moment ago.
    bool isReciente(const Visita& visita) const;
    /// Seconds that a session lasts at most.
    std::int64_t longestSession() const noexcept { return _e.ajustes.sesionMaxima / 1'000'000; }

private:
    /// What the first half knows.
    struct Intento
    {
        Credenciales credenciales;
        std::optional<Usuario> usuario;
        std::vector<std::string> conocidos;
        Contador cuenta;
        Contador direccion;
    };

    zoco::Reply terminarIntento(const zoco::Request& request, const Intento& attempt,
                                const ResultadoClave& result) const;
    zoco::Reply rechazar(const zoco::Request& request, const Intento& attempt, std::string_view action,
                         zoco::Problem problem) const;
    /// Adds the step that uses the code up, or says why not.
    std::optional<zoco::Problem> addCodigo(zoco::Group& group, const zoco::CallContext& context, const Intento& attempt,
                                           std::int64_t now) const;
    zoco::Reply abrir(const zoco::Request& request, const Intento& attempt, const ResultadoClave& result) const;
    void addAviso(zoco::Group& group, const Intento& attempt, const Visita& visita, std::int64_t now) const;

    const Entorno& _e;
    const Contadores _contadores;
};

/// SHA-256 of a recovery code as a person types it: without blanks and hyphens, in capitals.
std::string hashOfRecoveryCode(std::string_view typed);

} // namespace usuarios
