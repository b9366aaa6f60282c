#include "Suceso.h"

#include <array>

namespace pagos
{

namespace
{

constexpr std::array<std::string_view, 4> kOrdenes{"cobro", "captura", "anulacion", "reembolso"};
constexpr std::array<std::string_view, 9> kHechos{"pedido",  "accion",      "autorizado", "capturado", "rechazado",
                                                  "anulado", "reembolsado", "disputado",  "fallido"};

template <class Enum, std::size_t N>
std::optional<Enum> named(const std::array<std::string_view, N>& names, std::string_view name) noexcept
{
    for (std::size_t i = 0; i < N; ++i)
        if (names[i] == name) return static_cast<Enum>(i + 1);
    return std::nullopt;
}

} // namespace

std::string_view nameOf(Orden orden) noexcept { return kOrdenes[static_cast<std::size_t>(orden) - 1]; }
std::string_view nameOf(Hecho hecho) noexcept { return kHechos[static_cast<std::size_t>(hecho) - 1]; }
std::optional<Orden> ordenNamed(std::string_view name) noexcept { return named<Orden>(kOrdenes, name); }
std::optional<Hecho> hechoNamed(std::string_view name) noexcept { return named<Hecho>(kHechos, name); }

} // namespace pagos
