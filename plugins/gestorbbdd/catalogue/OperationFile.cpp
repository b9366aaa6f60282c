#include "OperationFile.h"

#include "SqlScanner.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace zoco::gestorbbdd
{

namespace
{

std::string_view trimmed(std::string_view text) noexcept
{
    constexpr std::string_view kSpace = " \t\r";
    const auto from = text.find_first_not_of(kSpace);
    if (from == std::string_view::npos) return {};
    return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

bool isComment(std::string_view line) noexcept { return line.substr(0, 2) == "--"; }

bool isName(std::string_view text) noexcept
{
    if (text.empty() || text.front() < 'a' || text.front() > 'z') return false;
    return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

/// "-- word: value", the word in lower case.
std::optional<std::pair<std::string_view, std::string_view>> headerOf(std::string_view line) noexcept
{
    if (!isComment(line)) return std::nullopt;
    const auto text = trimmed(line.substr(2));
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const auto word = text.substr(0, colon);
    if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos) return std::nullopt;
    return std::pair(word, trimmed(text.substr(colon + 1)));
}

std::optional<ParamType> paramType(std::string_view word) noexcept
{
    constexpr std::pair<std::string_view, ParamType> kTypes[] = {{"int", ParamType::Int},   {"real", ParamType::Real},
                                                                 {"text", ParamType::Text}, {"blob", ParamType::Blob},
                                                                 {"bool", ParamType::Bool}, {"time", ParamType::Time}};
    for (const auto& [name, type] : kTypes)
        if (name == word) return type;
    return std::nullopt;
}

/// Takes `ending` off the end of a text, with the space before it; false when it is not there.
bool takeEnd(std::string_view& text, std::string_view ending) noexcept
{
    if (text.size() < ending.size() || text.substr(text.size() - ending.size()) != ending) return false;
    text = trimmed(text.substr(0, text.size() - ending.size()));
    return true;
}

constexpr std::string_view kColumnCharacters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";

/// "500 ms".
bool readTimeout(std::string_view text, std::int64_t& out) noexcept
{
    if (!takeEnd(text, "ms")) return false;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, out);
    return read.ec == std::errc{} && read.ptr == end && out >= 1 && out <= 600'000;
}

/// Reads one file, line by line.
class Parser
{
public:
    Parser(std::string_view file, std::string_view text) : _fileName(file), _text(text) {}

    OperationFile run()
    {
        for (std::size_t at = 0; at < _text.size();)
        {
            const auto end = std::min(_text.find('\n', at), _text.size());
            ++_line;
            line(trimmed(_text.substr(at, end - at)), at);
            at = end + 1;
        }
        finish(_text.size());
        if (_out.operations.empty() && _out.faults.empty()) fault(1, "there is no operation in it");
        return std::move(_out);
    }

private:
    void line(std::string_view text, std::size_t at)
    {
        const auto header = headerOf(text);
        if (header && header->first == "operation") return begin(header->second, at);
        if (!_current)
        {
            if (!text.empty() && !isComment(text) && !std::exchange(_isStrayTold, true))
                fault(_line, "SQL stands before the first '-- operation:'");
            return;
        }
        if (_sqlBegin || text.empty()) return;
        if (!isComment(text))
            _sqlBegin = at, _current->sqlLine = _line;
        else if (header)
            apply(header->first, header->second);
    }

    void begin(std::string_view name, std::size_t at)
    {
        finish(at);
        _current.emplace();
        _current->name = name;
        _current->file = _fileName;
        _current->line = _line;
        _sqlBegin.reset();
        _seen.clear();
        _orders.clear();
        _areParamsKnown = true;
        if (!isName(name)) fault(_line, "'" + std::string(name) + "' is no name of an operation: [a-z][a-z0-9_]*");
    }

    /// One operation of a name for an engine.
    void compareWithOthers()
    {
        for (const auto& o : _out.operations)
            if (o.name == _current->name && (!o.dialect || !_current->dialect || o.dialect == _current->dialect))
                fault(_current->line,
                      "the operation '" + o.name + "' is in line " + std::to_string(o.line) + " already");
    }

    void apply(std::string_view key, std::string_view value)
    {
        if (key == "order") return order(value);
        if (std::find(_seen.begin(), _seen.end(), key) != _seen.end())
            return fault(_line, "'" + std::string(key) + "' is said twice");
        _seen.push_back(key);
        if (key == "params") return params(value);
        const std::string text(value);
        if (key == "returns")
        {
            if (!choose(value, {{"one", Returns::One}, {"many", Returns::Many}, {"affected", Returns::Affected}},
                        _current->returns))
                fault(_line, "returns '" + text + "': it must be one, many or affected");
        }
        else if (key == "access")
        {
            if (!choose(value, {{"own", Access::Own}, {"published", Access::Published}, {"host", Access::Host}},
                        _current->access))
                fault(_line, "access '" + text + "': it must be own, published or host");
        }
        else if (key == "idempotent")
        {
            if (!choose(value, {{"true", true}, {"false", false}}, _current->isIdempotent))
                fault(_line, "idempotent '" + text + "': it must be true or false");
        }
        else if (key == "dialect")
        {
            Dialect dialect{};
            if (!choose(value, {{"sqlite", Dialect::Sqlite}, {"mysql", Dialect::MySql}}, dialect))
                return fault(_line, "dialect '" + text + "': it must be sqlite or mysql");
            _current->dialect = dialect;
        }
        else if (key == "timeout")
        {
            if (!readTimeout(value, _current->timeoutMs))
                fault(_line, "timeout '" + text + "': write milliseconds from 1 to 600000, such as '500 ms'");
        }
        else if (key == "replica")
        {
            if (!choose(value, {{"true", true}, {"false", false}}, _current->mayReadReplica))
                fault(_line, "replica '" + text + "': it must be true or false");
        }
        else
        {
            fault(_line, "unknown header '" + std::string(key) +
                             "'; there are operation, params, order, returns, access, idempotent, dialect, timeout and "
                             "replica");
        }
    }

    template <class T>
    static bool choose(std::string_view word, std::initializer_list<std::pair<std::string_view, T>> choices, T& out)
    {
        for (const auto& [name, value] : choices)
        {
            if (name != word) continue;
            out = value;
            return true;
        }
        return false;
    }

    void params(std::string_view list)
    {
        const auto before = _out.faults.size();
        if (list.empty()) fault(_line, "params is empty; leave the line out when there are none");
        for (std::size_t at = 0; !list.empty() && at <= list.size();)
        {
            const auto end = std::min(list.find(',', at), list.size());
            param(trimmed(list.substr(at, end - at)));
            at = end + 1;
        }
        _areParamsKnown = _out.faults.size() == before;
    }

    void param(std::string_view text)
    {
        const auto space = std::min(text.find_first_of(" \t"), text.size());
        const auto name = text.substr(0, space);
        auto type = trimmed(text.substr(space));
        if (!isName(name)) return fault(_line, "'" + std::string(text) + "' is no parameter: write 'name type'");
        if (name == "order" || name == "after")
            return fault(_line, "'" + std::string(name) + "' is the name of a parameter that orderings bring");
        if (name == "caller") return fault(_line, "'caller' is the name of the plugin that calls; it is not declared");
        const bool isNullable = takeEnd(type, "?");
        const bool isList = takeEnd(type, " list");
        const auto known = paramType(type);
        if (!known)
            return fault(_line, "parameter '" + std::string(name) + "' has the type '" + std::string(type) +
                                    "'; there are int, real, text, blob, bool and time");
        if (declared(name)) return fault(_line, "parameter '" + std::string(name) + "' is declared twice");
        _current->params.push_back({std::string(name), *known, isNullable, isList});
    }

    /// "nombre = p.clave text, p.id text", the column's type and perhaps "desc".
    void order(std::string_view text)
    {
        const auto equals = std::min(text.find('='), text.size());
        Order out{std::string(trimmed(text.substr(0, equals))), {}};
        const auto same = [&](const Order& o) { return o.name == out.name; };
        if (!isName(out.name) || equals == text.size())
            return fault(_line, "an ordering is written 'name = column type, column type desc'");
        if (std::any_of(_orders.begin(), _orders.end(), same))
            fault(_line, "the ordering '" + out.name + "' is said twice");
        if (_orders.size() == SqlTemplate::kMaxOrders) fault(_line, "an operation has at most 64 orderings");
        const auto list = text.substr(equals + 1);
        for (std::size_t at = 0; at <= list.size();)
        {
            const auto end = std::min(list.find(',', at), list.size());
            out.columns.push_back(orderColumn(trimmed(list.substr(at, end - at))));
            at = end + 1;
        }
        if (out.columns.size() > 8) fault(_line, "an ordering has at most 8 columns");
        _orders.push_back(std::move(out));
    }

    OrderColumn orderColumn(std::string_view text)
    {
        OrderColumn out;
        out.isDescending = takeEnd(text, " desc");
        if (!out.isDescending) takeEnd(text, " asc");
        const auto space = std::min(text.find(' '), text.size());
        const auto type = paramType(trimmed(text.substr(space)));
        out.name = text.substr(0, space);
        const bool isColumn = !out.name.empty() && out.name.find_first_not_of(kColumnCharacters) == std::string::npos;
        if (!isColumn || !type)
            fault(_line,
                  "'" + std::string(text) + "' is no column of an ordering: write 'column type', such as 'p.id text'");
        out.type = type.value_or(ParamType::Int);
        return out;
    }

    /// The parameters that orderings bring: which one, and behind what a page begins.
    void addOrderParams(const SqlScan& scan)
    {
        if (_orders.empty()) return;
        _current->params.push_back({"order", ParamType::Order, false, false});
        const auto isAfter = [](const SqlMark& m) { return m.kind == SqlMark::Kind::Place && m.name == "after"; };
        if (std::any_of(scan.marks.begin(), scan.marks.end(), isAfter))
            _current->params.push_back({"after", ParamType::After, true, false});
    }

    bool declared(std::string_view name) const
    {
        const auto& all = _current->params;
        return std::any_of(all.begin(), all.end(), [&](const ParamSpec& p) { return p.name == name; });
    }

    /// Ends the operation at hand, whose SQL goes as far as `end`.
    void finish(std::size_t end)
    {
        if (!_current) return;
        if (std::find(_seen.begin(), _seen.end(), "returns") == _seen.end())
            fault(_current->line, "'" + _current->name + "' does not say what it returns");
        if (_sqlBegin)
            statement(_text.substr(*_sqlBegin, end - *_sqlBegin));
        else
            fault(_current->line, "'" + _current->name + "' has no SQL");
        compareWithOthers();
        _out.operations.push_back(std::move(*_current));
        _current.reset();
    }

    void statement(std::string_view text)
    {
        const auto scan = scanSql(text);
        const int first = _current->sqlLine;
        for (const auto& f : scan.faults) fault(first + f.line, f.what);
        if (scan.begin == scan.end) return fault(_current->line, "'" + _current->name + "' has no SQL");
        _current->sqlLine = first + scan.firstLine;
        addOrderParams(scan);
        const auto told = [&](int line, const std::string& what)
        {
            if (_areParamsKnown) fault(first + line, what); // otherwise it would only repeat another fault
        };
        _current->sql = SqlTemplate(text, scan, _current->params, _orders, told);
        if (_areParamsKnown) findUnused(scan);
    }

    void findUnused(const SqlScan& scan)
    {
        for (const auto& p : _current->params)
            if (p.type < ParamType::Order && std::none_of(scan.marks.begin(), scan.marks.end(),
                                                          [&](const auto& used) { return used.name == p.name; }))
                fault(_current->line, "the parameter '" + p.name + "' is declared, but the SQL does not use it");
    }

    void fault(int where, const std::string& what)
    {
        _out.faults.push_back(_fileName + ":" + std::to_string(where) + ": " + what);
    }

    std::string _fileName;
    std::string_view _text;
    OperationFile _out;
    int _line = 0;
    std::optional<OperationSpec> _current;
    std::optional<std::size_t> _sqlBegin;
    std::vector<std::string_view> _seen; ///< header keys of the operation at hand
    std::vector<Order> _orders;          ///< of the operation at hand
    bool _areParamsKnown = true;         ///< otherwise comparing them with the SQL would only repeat a fault
    bool _isStrayTold = false;
};

} // namespace

OperationFile parseOperationFile(std::string_view file, std::string_view text) { return Parser(file, text).run(); }

} // namespace zoco::gestorbbdd
