#pragma once

#include "Body.h"
#include "model/Correo.h"
#include "model/Direccion.h"

#include <optional>
#include <string>

/// Fields that several bodies have: reads them, and notes their faults in the body.
namespace usuarios::campo
{

std::optional<Correo> correo(Body& body);
/// A new password is judged elsewhere; here only what none can be.
std::string clave(Body& body, const char* name = "clave");
std::string nombre(Body& body);
/// 43 characters of a link.
std::string ficha(Body& body);
/// Of the second factor, or a recovery code; empty: none is there.
std::string codigo(Body& body);
/// Of the second factor, which must be there.
std::string codigoNecesario(Body& body);
std::optional<std::string> idioma(Body& body);
/// Of a text that somebody agrees to.
std::string version(Body& body);
/// The same where a registration names it by the text's own name; nothing: they did not agree.
std::optional<std::string> versionIfThere(Body& body, const char* name);
Direccion direccion(Body& body);
std::optional<std::string> telefono(Body& body, std::string_view pais = "ES");
std::optional<std::string> nif(Body& body);

} // namespace usuarios::campo
