#include "Liquidacion.h"

#include "Reloj.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

namespace pagos
{

namespace
{

constexpr std::size_t kMostFaults = 32;
constexpr std::int64_t kDayUs = 86'400'000'000;
constexpr std::array<std::string_view, 6> kColumns{"numero", "tipo", "autorizacion", "importe", "moneda", "fecha"};

/// Nothing when quotes do not end.
std::optional<std::vector<std::string>> cellsOf(std::string_view line, char separator)
{
    std::vector<std::string> out(1);
    bool isQuoted = false;
    for (std::size_t i = 0; i < line.size(); ++i)
    {
        const char c = line[i];
        if (isQuoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            out.back() += line[++i];
        else if (c == '"' && (isQuoted || out.back().empty()))
            isQuoted = !isQuoted;
        else if (c == separator && !isQuoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    return isQuoted ? std::nullopt : std::optional(std::move(out));
}

bool isDigits(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isCode(std::string_view text, std::size_t most)
{
    const auto isGood = [](char c)
    { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; };
    return !text.empty() && text.size() <= most && std::all_of(text.begin(), text.end(), isGood);
}

bool isCurrency(std::string_view text)
{
    return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// "1234,56" or "1234.56", without thousands.
std::optional<std::int64_t> centsOf(std::string_view text)
{
    const auto point = text.find_first_of(".,");
    const auto whole = text.substr(0, point);
    auto cents = point == std::string_view::npos ? std::string() : std::string(text.substr(point + 1));
    if (!isDigits(whole) || whole.size() > 12 || cents.size() > 2) return std::nullopt;
    if (point != std::string_view::npos && !isDigits(cents)) return std::nullopt;
    cents.resize(2, '0');
    std::int64_t out = 0;
    const auto digits = std::string(whole) + cents;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out > 0 ? std::optional(out) : std::nullopt;
}

/// Reads one file. One use.
class Reader
{
public:
    /// `latest`: the last day that there may be.
    Reader(Liquidacion& out, std::int64_t latest) : _out(out), _latest(latest) {}

    /// False: no line can be read.
    bool readHeader(std::string_view line)
    {
        _separator = line.find(';') != std::string_view::npos ? ';' : ',';
        const auto names = cellsOf(line, _separator).value_or(std::vector<std::string>());
        _width = names.size();
        for (std::size_t i = 0; i < kColumns.size(); ++i)
        {
            const auto at = std::find(names.begin(), names.end(), kColumns[i]);
            if (at == names.end()) fault(1, kColumns[i], "is no column of the header");
            _at[i] = static_cast<std::size_t>(at - names.begin());
        }
        return _out.faltas.empty();
    }

    void readLine(std::string_view text, std::int64_t number)
    {
        const auto cells = cellsOf(text, _separator);
        if (!cells || cells->size() != _width) return fault(number, {}, "has not as many fields as the header");
        const auto cell = [&](std::size_t column) -> const std::string& { return (*cells)[_at[column]]; };
        LineaLiquidada line{number, cell(0), cell(1), cell(2), 0, cell(4), 0};
        if (!isCode(line.numero, 12)) fault(number, "numero", "must be letters and digits, twelve at most");
        if (line.tipo != "cobro" && line.tipo != "devolucion") fault(number, "tipo", "must be cobro or devolucion");
        if (!isCode(line.autorizacion, 20)) fault(number, "autorizacion", "must be letters and digits, 20 at most");
        if (!isCurrency(line.moneda)) fault(number, "moneda", "must be ISO 4217, such as EUR");
        const auto amount = centsOf(cell(3));
        if (!amount) fault(number, "importe", "must be an amount such as 1234,56");
        const auto day = parseDay(cell(5));
        if (!day) fault(number, "fecha", "must be a day such as 2026-11-29");
        if (day && *day > _latest) fault(number, "fecha", "is yet to come");
        if (!_seen.insert(line.numero + ' ' + line.tipo + ' ' + line.autorizacion).second)
            fault(number, {}, "is there twice");
        line.importe = amount.value_or(0);
        line.fecha = day.value_or(0);
        _out.lineas.push_back(std::move(line));
    }

    void fault(std::int64_t line, std::string_view column, const char* what)
    {
        if (_out.faltas.size() >= kMostFaults) return;
        auto pointer = '/' + std::to_string(line);
        if (!column.empty()) pointer += '/' + std::string(column);
        _out.faltas.push_back({std::move(pointer), what});
    }

private:
    Liquidacion& _out;
    std::int64_t _latest;
    char _separator = ',';
    std::size_t _width = 0;
    std::array<std::size_t, kColumns.size()> _at{};
    std::set<std::string> _seen;
};

} // namespace

Liquidacion Liquidacion::read(std::string_view csv, std::int64_t now)
{
    Liquidacion out;
    Reader reader(out, now + kDayUs);
    if (csv.starts_with("\xEF\xBB\xBF")) csv.remove_prefix(3);
    std::int64_t number = 0;
    while (!csv.empty())
    {
        const auto end = std::min(csv.find('\n'), csv.size());
        auto line = csv.substr(0, end);
        csv.remove_prefix(std::min(end + 1, csv.size()));
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (++number == 1)
        {
            if (!reader.readHeader(line)) return out;
        }
        else if (out.lineas.size() >= kMostLines)
        {
            reader.fault(number, {}, "is one too many: 5000 at most");
            return out;
        }
        else if (!line.empty())
            reader.readLine(line, number);
    }
    if (out.lineas.empty() && out.faltas.empty()) reader.fault(number + 1, {}, "there is no line");
    return out;
}

} // namespace pagos
