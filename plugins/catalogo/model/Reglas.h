#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace catalogo
{

/// The rules of a product's fields, one place for HTTP and import. Each returns what is wrong, or an empty text.
/// Texts are trimmed before.
namespace reglas
{

inline constexpr std::size_t kMaxImagenes = 20;
inline constexpr std::size_t kMaxAtributos = 50;
inline constexpr std::int64_t kMaxImporte = 1'000'000'000'000;
inline constexpr std::int64_t kMaxExistencias = 1'000'000'000;
inline constexpr std::int64_t kMaxPeso = 1'000'000'000; ///< grams

std::string faultOfSku(std::string_view text);
std::string faultOfNombre(std::string_view text);
std::string faultOfCategoria(std::string_view text);
std::string faultOfMarca(std::string_view text);
std::string faultOfDescripcion(std::string_view text);
std::string faultOfAtributo(std::string_view nombre, std::string_view valor);

/// Whether it is a group of the tax: general, reducido, superreducido, exento.
bool isIva(std::string_view text) noexcept;
/// Grams of a weight that says its unit, such as "350 g" or "7,5 kg"; nothing when it is none.
std::optional<std::int64_t> gramos(std::string_view text);

} // namespace reglas

} // namespace catalogo
