#pragma once

#include "Entorno.h"
#include "http/Visita.h"

#include <string>
#include <vector>

namespace usuarios
{

/// A secret that an authenticator's app is to be given.
struct FactorPreparado
{
    std::string secreto; ///< base32
    std::string uri;     ///< otpauth://
    std::string qr;      ///< SVG
};

struct FactorEstado
{
    bool isActivo = false;
    std::int64_t codigos = 0; ///< recovery codes left
};

/// The second factor of one's own account: codes of RFC 6238, and recovery codes. [any-thread]
class Factor
{
public:
    using Codes = std::vector<std::string>;

    explicit Factor(const Entorno& e) : _e(e) {}

    zoco::Result<FactorEstado> estado(const zoco::CallContext& context, const Visita& visita) const;
    /// A new secret, which counts when `activar` has seen a code of it. 409 while one is active.
    zoco::Result<FactorPreparado> preparar(const zoco::CallContext& context, const Visita& visita) const;
    /// Recovery codes, shown this once.
    zoco::Result<Codes> activar(const zoco::CallContext& context, const Visita& visita, std::string_view code) const;
    zoco::Result<void> desactivar(const zoco::CallContext& context, const Visita& visita) const;
    /// Other recovery codes in place of those that are left.
    zoco::Result<Codes> renovar(const zoco::CallContext& context, const Visita& visita) const;

private:
    zoco::Result<Usuario> user(const zoco::CallContext& context, const Visita& visita) const;
    Codes addCodes(zoco::Group& group, const std::string& id) const;

    const Entorno& _e;
};

} // namespace usuarios
