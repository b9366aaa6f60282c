#include "Reparto.h"

#include <algorithm>
#include <numeric>

namespace pedidos
{

namespace
{
__extension__ using Wide = __int128; ///< of products of two amounts
}

std::int64_t proporcion(std::int64_t importe, std::int64_t parte, std::int64_t todo) noexcept
{
    return static_cast<std::int64_t>((2 * Wide(importe) * parte + todo) / (2 * Wide(todo)));
}

std::vector<std::int64_t> repartir(std::int64_t importe, std::span<const std::int64_t> pesos)
{
    std::vector<std::int64_t> out(pesos.size(), 0);
    const auto whole = std::accumulate(pesos.begin(), pesos.end(), std::int64_t(0));
    if (importe == 0 || whole == 0) return out;
    std::vector<Wide> rests(pesos.size());
    auto left = importe;
    for (std::size_t i = 0; i < pesos.size(); ++i)
    {
        const auto exact = Wide(importe) * pesos[i];
        out[i] = static_cast<std::int64_t>(exact / whole);
        rests[i] = exact % whole;
        left -= out[i];
    }
    std::vector<std::size_t> order(pesos.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left) ++out[order[i]];
    return out;
}

} // namespace pedidos
