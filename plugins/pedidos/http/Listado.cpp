#include "Listado.h"

#include "Reloj.h"
#include "text/Correo.h"
#include "text/Ficha.h"

#include <charconv>

namespace pedidos
{

using zoco::FieldError;
using zoco::Request;

namespace
{

constexpr int kMostPerPage = 100;
constexpr int kPerPage = 20;
constexpr std::int64_t kDayUs = secondsUs(86'400);

std::optional<Lugar> placeOf(std::string_view cursor)
{
    Lugar out;
    const auto* end = cursor.data() + cursor.size();
    const auto [at, error] = std::from_chars(cursor.data(), end, out.creado);
    if (error != std::errc() || at == end || *at != '-') return std::nullopt;
    out.id.assign(at + 1, end);
    return isBase64Url(out.id, 22) ? std::optional(std::move(out)) : std::nullopt;
}

std::optional<int> limitOf(const Request& request)
{
    const auto text = request.query("limite");
    if (!text) return kPerPage;
    int out = 0;
    const auto [at, error] = std::from_chars(text->data(), text->data() + text->size(), out);
    const bool isGood = error == std::errc() && at == text->data() + text->size() && out >= 1 && out <= kMostPerPage;
    return isGood ? std::optional(out) : std::nullopt;
}

/// Without blanks around it.
std::string parameter(const Request& request, std::string_view name)
{
    const auto text = request.query(name).value_or("");
    const auto begin = text.find_first_not_of(' ');
    return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

/// When a time begins, or when a day does, and with `isEnd` when it is over.
std::optional<std::int64_t> timeOf(const Request& request, const char* name, bool isEnd,
                                   std::vector<FieldError>& errors)
{
    const auto text = parameter(request, name);
    if (text.empty()) return std::nullopt;
    if (const auto day = parseDay(text)) return isEnd ? *day + kDayUs : *day;
    const auto time = parseRfc3339(text);
    if (!time)
        errors.push_back({std::string("/") + name, "is neither a day such as 2026-11-29 nor a time such as "
                                                   "2026-11-29T08:00:00Z"});
    return time;
}

} // namespace

Pagina paginaDe(const Request& request, std::vector<FieldError>& errors)
{
    Pagina out;
    const auto limit = limitOf(request);
    if (!limit) errors.push_back({"/limite", "must be a whole number from 1 to " + std::to_string(kMostPerPage)});
    out.limite = limit.value_or(kPerPage);
    if (const auto cursor = request.query("cursor"))
    {
        out.detras = placeOf(*cursor);
        if (!out.detras) errors.push_back({"/cursor", "is none of this list"});
    }
    return out;
}

std::string cursorDe(const Lugar& place) { return std::to_string(place.creado) + "-" + place.id; }

PedidosRepository::Filtro filtroDe(const Request& request, const PedidosRepository& orders,
                                   std::vector<FieldError>& errors)
{
    PedidosRepository::Filtro out;
    if (auto state = parameter(request, "estado"); !state.empty())
    {
        if (!estadoDe(state)) errors.push_back({"/estado", "is not a state of orders"});
        out.estado = std::move(state);
    }
    out.desde = timeOf(request, "desde", false, errors);
    out.hasta = timeOf(request, "hasta", true, errors);
    if (out.desde && out.hasta && *out.hasta <= *out.desde) errors.push_back({"/hasta", "must be later than desde"});
    if (const auto text = parameter(request, "q"); !text.empty())
    {
        out.numero = numeroEscrito(text);
        if (!out.numero && isCorreo(text)) out.correo = orders.indexOf(text);
        if (!out.numero && !out.correo)
            errors.push_back({"/q", "is neither the number of an order nor an e-mail address"});
    }
    return out;
}

} // namespace pedidos
