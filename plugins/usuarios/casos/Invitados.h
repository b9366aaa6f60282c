#pragma once

#include "Entorno.h"
#include "http/Visita.h"
#include "model/Correo.h"

#include <string>
#include <string_view>

namespace usuarios
{

/// What somebody without an account wants of what is known about them.
enum class Deseo
{
    Ver = 1,
    Borrar
};

/// Data of people who bought without an account: who reads the mailbox of an address gets what is kept under it, or has
/// it erased. Not of addresses that have an account: their owners log in, with all that this asks for. [any-thread]
class Invitados
{
public:
    explicit Invitados(const Entorno& e) : _e(e) {}

    /// Mails a link for it; to the owner of an account, that they have one. Tells nothing.
    void pedir(const zoco::CallContext& context, const Visita& visita, const Correo& correo, Deseo deseo,
               std::string_view idioma) const;
    /// Uses up a link to see one's data, and returns whose they are; 410 `ficha-caducada`.
    zoco::Result<Correo> ver(const zoco::CallContext& context, const Visita& visita, std::string_view token) const;
    /// Uses up a link to have them erased, by all plugins, and mails that it is so; 410 `ficha-caducada`.
    zoco::Result<void> borrar(const zoco::CallContext& context, const Visita& visita, std::string_view token) const;

private:
    struct Hallado
    {
        Ficha ficha;
        Correo correo;
    };
    zoco::Result<Hallado> find(const zoco::CallContext& context, std::string_view token, std::string_view clase) const;

    const Entorno& _e;
};

/// What stands for a guest in the audit log: not the address, but who has one can tell whether it is meant.
std::string guestName(const zoco::Crypto& crypto, const Correo& correo);

} // namespace usuarios
