#pragma once

#include "Entorno.h"
#include "http/Visita.h"
#include "oidc/Providers.h"

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// Why somebody is sent to a provider.
enum class Proposito
{
    Entrar = 1, ///< to log in, or to get an account
    Enlazar,    ///< to add the identity to the account they are logged in to
    Confirmar   ///< to show again that it is them
};

/// What the return from a provider came to.
struct Retorno
{
    enum class Fin
    {
        Dentro = 1,      ///< logged in: `token` is the session's
        Enlazado,        ///< the identity was added
        Denegado,        ///< they said no there
        Caducado,        ///< the way there was not begun here, or too long ago, or in another browser
        NoDisponible,    ///< the provider cannot be used now
        CuentaExistente, ///< the address has an account: log in to it, then add the identity
        SinCorreo,       ///< no address that the provider vouches for
        Ajena,           ///< the identity belongs to another account
        Inactiva         ///< the account is not active
    };
    Fin fin = Fin::Caducado;
    std::string token;
    std::string volver = "/"; ///< a path of ours
};

/// Identities at other providers (OpenID Connect). An identity is added to an account only by who is logged in to it
/// and has just shown that it is them; an address alone never opens an account that was there before. [any-thread]
class Externos
{
public:
    /// All outlive it.
    Externos(const Entorno& e, const Providers& providers) : _e(e), _providers(providers) {}

    /// The provider's address to go to. `visitor`: the browser, which must be the one that comes back.
    zoco::Result<std::string> empezar(const zoco::Request& request, ProviderClient& provider, Proposito purpose,
                                      std::string_view volver) const;
    /// They come back with what the provider put into the address.
    zoco::Result<Retorno> volver(const zoco::Request& request, ProviderClient& provider) const;
    /// 404 when there is none, 409 `ultimo-acceso` when there would be no way left to log in.
    zoco::Result<void> quitar(const zoco::CallContext& context, const Visita& visita, std::string_view id) const;

private:
    /// What was noted when they left.
    struct Salida;

    zoco::Result<std::optional<Salida>> takeSalida(const zoco::Request& request, const ProviderClient& provider) const;
    zoco::Result<Retorno> entrar(const zoco::Request& request, const Salida& left, const ProviderClient& provider,
                                 const IdToken& identity) const;
    zoco::Result<Retorno> enlazar(const zoco::Request& request, const Salida& left, const ProviderClient& provider,
                                  const IdToken& identity) const;
    zoco::Result<Retorno> darAlta(const zoco::Request& request, const Salida& left, const ProviderClient& provider,
                                  const IdToken& identity) const;
    Retorno abrir(zoco::Group& group, const Visita& visita, std::string_view usuario, std::int64_t authenticated,
                  std::string_view issuer, std::string volver) const;

    const Entorno& _e;
    const Providers& _providers;
};

/// Whether a page of ours may be gone to: an absolute path, of which no browser makes another host.
bool isOwnPath(std::string_view path) noexcept;

} // namespace usuarios
