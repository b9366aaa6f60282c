#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace usuarios
{

/// Where something is sent. A value.
struct Direccion
{
    std::string nombre;
    std::string linea1;
    std::optional<std::string> linea2;
    std::string cp;
    std::string ciudad;
    std::string provincia;
    std::string pais; ///< ISO 3166-1, two letters
    std::optional<std::string> telefono;

    bool operator==(const Direccion&) const = default;
};

/// The two digits with which post codes of a Spanish province begin, by its name in Spanish or in its own language,
/// without regard to case and accents; empty when there is none.
std::string_view provinceCode(std::string_view name);

/// Whether there is such a country: ISO 3166-1, two capital letters.
bool isPais(std::string_view code) noexcept;

/// What is wrong with a post code of a country; empty: nothing. Of Spain it must be one of the province.
std::string faultOfCp(std::string_view cp, std::string_view pais, std::string_view provincia);

} // namespace usuarios
