#pragma once

#include "casos/Acceso.h"
#include "casos/Invitados.h"
#include "casos/Privacidad.h"
#include "zoco/Executor.h"
#include "zoco/Http.h"

namespace usuarios
{

/// A person's data over HTTP. [any-thread]
class PrivacidadHandlers
{
public:
    /// All outlive it.
    PrivacidadHandlers(const Entorno& e, Recogida& recogida, const TratamientosRepository& tratamientos,
                       const Acceso& acceso, const Invitados& invitados, const zoco::Executor& executor)
        : _e(e),
          _recogida(recogida),
          _tratamientos(tratamientos),
          _acceso(acceso),
          _invitados(invitados),
          _executor(executor)
    {
    }

    /// What the shop keeps about people, and why.
    zoco::Reply tratamientos(const zoco::Request& request) const;
    /// All that plugins keep about who asks, as an archive; whoever is silent for five seconds is named in it.
    void datos(const zoco::Request& request, zoco::Responder responder) const;

    /// Who has no account asks for a link. Answers first and looks afterwards, so that the answer's time tells nothing.
    void pedir(const zoco::Request& request, zoco::Responder responder) const;
    /// The same archive for who has such a link.
    void descargar(const zoco::Request& request, zoco::Responder responder) const;
    zoco::Reply borrar(const zoco::Request& request) const;

private:
    void gather(Recogida::Lugar place, const zoco::DataSubject& subject, std::vector<Tratamiento> expected,
                const std::string& idioma, zoco::Responder responder) const;

    const Entorno& _e;
    Recogida& _recogida;
    const TratamientosRepository& _tratamientos;
    const Acceso& _acceso;
    const Invitados& _invitados;
    const zoco::Executor& _executor;
};

} // namespace usuarios
