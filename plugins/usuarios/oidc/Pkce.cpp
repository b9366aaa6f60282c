#include "Pkce.h"

#include "cifra/Huella.h"
#include "text/Base64Url.h"

namespace usuarios
{

std::string pkceChallenge(std::string_view verifier) { return base64Url(sha256(verifier)); }

} // namespace usuarios
