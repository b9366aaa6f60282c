#include "Consulta.h"

#include "Cursor.h"
#include "text/Utf8.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace catalogo
{

namespace
{

constexpr std::size_t kMaxWords = 8;
constexpr std::size_t kMaxQueryBytes = 400;
constexpr std::int64_t kMaxLimite = 100;

constexpr std::array<std::pair<std::string_view, Orden>, 4> kOrders = {{{"nombre", Orden::Nombre},
                                                                        {"precio", Orden::Precio},
                                                                        {"-precio", Orden::PrecioDesc},
                                                                        {"novedad", Orden::Novedad}}};

std::optional<std::int64_t> parseWhole(std::string_view text)
{
    std::int64_t out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// Reads parameter by parameter and collects what is wrong.
class Parser
{
public:
    Parser(const QueryReader& query, const Folding& folding) : _query(query), _folding(folding) {}

    zoco::Result<Consulta> run()
    {
        readWords();
        readCategory();
        _out.filtro.precioMin = readWhole("precio_min", 0, INT64_MAX);
        _out.filtro.precioMax = readWhole("precio_max", 0, INT64_MAX);
        if (_out.filtro.precioMin && _out.filtro.precioMax && *_out.filtro.precioMin > *_out.filtro.precioMax)
            fault("precio_max", "must not be below precio_min");
        readAvailable();
        if (const auto limite = readWhole("limite", 1, kMaxLimite)) _out.limite = static_cast<int>(*limite);
        readCursor(readOrder());
        if (_errors.empty()) return std::move(_out);
        return zoco::Problem{422, "parametros-invalidos", "The parameters of the list are not valid", "",
                             std::move(_errors)};
    }

private:
    void fault(std::string_view name, std::string what)
    {
        _errors.push_back({std::string(1, '/').append(name), std::move(what)});
    }

    std::optional<std::string> text(std::string_view name) const
    {
        auto out = _query(name);
        if (out && trimmed(*out).empty()) out.reset();
        return out;
    }

    void readWords()
    {
        const auto q = text("q");
        if (!q) return;
        if (q->size() > kMaxQueryBytes || !isUtf8(*q)) return fault("q", "must be a UTF-8 text of at most 400 bytes");
        _out.filtro.palabras = _folding.words(*q);
        if (_out.filtro.palabras.size() > kMaxWords) fault("q", "must have at most 8 words");
    }

    void readCategory()
    {
        _out.filtro.categoria = text("categoria");
        if (_out.filtro.categoria && (_out.filtro.categoria->size() > 80 || !isUtf8(*_out.filtro.categoria)))
            fault("categoria", "must be the id of a category");
    }

    void readAvailable()
    {
        const auto value = text("disponible");
        if (!value) return;
        if (*value != "true" && *value != "false") return fault("disponible", "must be true or false");
        _out.filtro.disponible = *value == "true";
    }

    std::optional<std::int64_t> readWhole(std::string_view name, std::int64_t min, std::int64_t max)
    {
        const auto value = text(name);
        if (!value) return std::nullopt;
        const auto number = parseWhole(*value);
        if (number && *number >= min && *number <= max) return number;
        fault(name, max == INT64_MAX
                        ? "must be a whole number of minor units, 0 or more"
                        : "must be a whole number from " + std::to_string(min) + " to " + std::to_string(max));
        return std::nullopt;
    }

    bool readOrder()
    {
        const auto value = text("orden");
        if (!value) return true;
        for (const auto& [name, orden] : kOrders)
        {
            if (name != *value) continue;
            _out.orden = orden;
            return true;
        }
        fault("orden", "must be nombre, precio, -precio or novedad");
        return false;
    }

    /// Of an unknown order the cursor may be that of any.
    void readCursor(bool isOrderKnown)
    {
        const auto value = text("cursor");
        if (!value) return;
        const auto decodes = [&](const auto& order) { return decodeCursor(*value, order.second).has_value(); };
        if (isOrderKnown) _out.desde = decodeCursor(*value, _out.orden);
        const bool isGood =
            isOrderKnown ? _out.desde.has_value() : std::any_of(kOrders.begin(), kOrders.end(), decodes);
        if (!isGood) fault("cursor", "is not the cursor of such a list");
    }

    const QueryReader& _query;
    const Folding& _folding;
    Consulta _out;
    std::vector<zoco::FieldError> _errors;
};

} // namespace

zoco::Result<Consulta> parseConsulta(const QueryReader& query, const Folding& folding)
{
    return Parser(query, folding).run();
}

} // namespace catalogo
