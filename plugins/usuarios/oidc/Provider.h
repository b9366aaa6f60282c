#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// A provider of identities as the operator registered it. A value.
struct Provider
{
    std::string id;     ///< in addresses: [a-z][a-z0-9-]*
    std::string name;   ///< as people read it
    std::string issuer; ///< https, or http on this machine; compared as text (OpenID Connect Core 1.0, 2)
    std::string clientId;
    std::string secret;         ///< never logged
    bool isMailTrusted = false; ///< an address that it calls verified needs no mail of ours
};

/// The providers of a JSON file: a list of {"id", "nombre", "emisor", "cliente", "secreto_fichero",
/// "correo_de_confianza"?}; the secret lies in a file of its own, readable by its owner alone. Throws
/// std::invalid_argument, naming file and member.
std::vector<Provider> readProviders(const std::string& file);

/// The one with this id; null: none.
const Provider* findProvider(const std::vector<Provider>& providers, std::string_view id) noexcept;

} // namespace usuarios
