#pragma once

#include "Tienda.h"
#include "plugins/usuarios/oidc/FakeIssuer.h"
#include "support/SmallServer.h"
#include "support/TempFolder.h"

#include <mutex>
#include <optional>
#include <string>

namespace zoco::test
{

/// An identity provider "empresa" on this machine that takes every code, for shops that a test starts. [any-thread]
class Proveedor
{
public:
    Proveedor();

    /// The value of usuarios' setting externo_file.
    std::string file() const { return _folder.path("externos.json"); }
    /// Who logs in there from now on, and the nonce of the way that they came by.
    void setIdentity(const std::string& subject, const std::string& mail, const std::string& nonce);
    /// Somebody comes to the shop over this provider and is let in: the token of their session. One caller at a time.
    std::string entra(Tienda& shop, const std::string& subject, const std::string& mail);

private:
    std::string answer(const std::string& target);

    TempFolder _folder;
    std::mutex _mutex;
    std::string _url, _subject, _mail, _nonce;
    std::optional<usuarios::test::FakeIssuer> _issuer; ///< once its port is known
    SmallServer _server;
};

} // namespace zoco::test
