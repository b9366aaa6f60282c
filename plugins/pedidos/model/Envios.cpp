#include "Envios.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

namespace pedidos
{

namespace
{

/// What stands before the next `separator`, which is taken away too; blanks around it do not count.
std::string_view take(std::string_view& rest, char separator)
{
    const auto end = std::min(rest.find(separator), rest.size());
    auto out = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    while (!out.empty() && out.front() == ' ') out.remove_prefix(1);
    while (!out.empty() && out.back() == ' ') out.remove_suffix(1);
    return out;
}

[[noreturn]] void refuse(std::string_view what)
{
    throw std::invalid_argument("shipping prices: " + std::string(what));
}

std::int64_t number(std::string_view text)
{
    constexpr std::int64_t kMost = 1'000'000'000;
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size() || out < 0 || out > kMost)
        refuse("'" + std::string(text) + "' is not a whole number");
    return out;
}

} // namespace

TablaEnvio::Tramo TablaEnvio::parseTramo(std::string_view text)
{
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) refuse("'" + std::string(text) + "' is not grams=price");
    const auto grams = text.substr(0, equals);
    return {grams == "*" ? std::numeric_limits<std::int64_t>::max() : number(grams), number(text.substr(equals + 1))};
}

TablaEnvio TablaEnvio::parse(std::string_view text)
{
    TablaEnvio out;
    while (!text.empty())
    {
        auto zone = take(text, ';');
        if (zone.empty()) continue;
        const auto name = take(zone, ' ');
        const auto zona = zonaPorNombre(name);
        if (!zona) refuse("'" + std::string(name) + "' is no zone");
        auto& tramos = out._zonas[*zona];
        if (!tramos.empty()) refuse("the zone " + std::string(name) + " is there twice");
        while (!zone.empty())
        {
            const auto step = take(zone, ' ');
            if (step.empty()) continue;
            const auto tramo = parseTramo(step);
            if (!tramos.empty() && tramo.hasta <= tramos.back().hasta) refuse("lighter steps come first");
            tramos.push_back(tramo);
        }
        if (tramos.empty()) refuse("the zone " + std::string(name) + " has no price");
    }
    return out;
}

std::optional<std::int64_t> TablaEnvio::precio(Zona zona, std::int64_t gramos) const noexcept
{
    const auto found = _zonas.find(zona);
    if (found == _zonas.end()) return std::nullopt;
    for (const auto& tramo : found->second)
        if (gramos <= tramo.hasta) return tramo.precio;
    return std::nullopt;
}

const MetodoEnvio* metodoDe(const Envios& envios, std::string_view id) noexcept
{
    const auto found = std::find_if(envios.begin(), envios.end(), [&](const MetodoEnvio& m) { return m.id == id; });
    return found == envios.end() ? nullptr : &*found;
}

} // namespace pedidos
