#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace pedidos
{

/// Where something is sent, as far as shipping and tax tell places apart.
enum class Zona
{
    Peninsula = 1,
    Baleares,
    Canarias,
    Ceuta,
    Melilla,
    Portugal,
    UnionEuropea,
    Mundo
};

/// The zone of a country (ISO 3166-1, two capital letters) and, in Spain, a post code of five digits.
Zona zonaDe(std::string_view pais, std::string_view cp) noexcept;

/// Whether Spanish IVA is not levied there (Ley 37/1992, article 3: Canarias, Ceuta and Melilla; article 21: exports).
bool isFueraDeIva(Zona zona) noexcept;

/// Its name in settings.
std::string_view nombreDe(Zona zona) noexcept;
std::optional<Zona> zonaPorNombre(std::string_view name) noexcept;

/// Whether there is such a country: ISO 3166-1, two capital letters.
bool isPais(std::string_view code) noexcept;

/// What is wrong with a post code; empty: nothing. In Spain it is that of a province, and of no other than `provincia`
/// where that is one of those that tax or shipping treat apart (empty: not known).
std::string faultOfCp(std::string_view pais, std::string_view cp, std::string_view provincia);

} // namespace pedidos
