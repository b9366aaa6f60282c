#include "SqlTemplate.h"

#include <algorithm>
#include <bit>
#include <optional>
#include <utility>

namespace zoco::gestorbbdd
{

namespace
{

/// An IN (...) of nothing: no row has it, and NOT IN holds for all.
constexpr std::string_view kEmptyList = "SELECT 1 FROM (SELECT 1 AS n) vacia WHERE 1 = 0";

/// Elements that stand for a list of `bits`: 0, 1, 2, 4 ... 1024.
std::size_t paddedSize(std::uint64_t bits) noexcept { return bits == 0 ? 0 : std::size_t{1} << (bits - 1); }

std::string newlinesOf(std::string_view text)
{
    return std::string(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')), '\n');
}

bool isOneDirection(const std::vector<OrderColumn>& columns) noexcept
{
    return std::all_of(columns.begin(), columns.end(),
                       [&](const OrderColumn& c) { return c.isDescending == columns.front().isDescending; });
}

} // namespace

/// Cuts the text at the scan's marks.
class SqlTemplate::Builder
{
public:
    Builder(SqlTemplate& out, const std::vector<ParamSpec>& params,
            const std::function<void(int, std::string)>& fault) noexcept
        : _out(out), _params(params), _fault(fault)
    {
    }

    void run(std::string_view text, const SqlScan& scan)
    {
        auto at = scan.begin;
        for (const auto& mark : scan.marks)
        {
            if (mark.offset >= scan.end) break;
            literal(text.substr(at, mark.offset - at));
            add(mark);
            at = mark.offset + mark.length;
        }
        literal(text.substr(at, scan.end - at));
        if (_open) _fault(_open->line, "'{" + std::string(_open->name) + "' is not closed");
        if (!_out._orders.empty() && !_isOrdered)
            _fault(scan.firstLine, "orderings are declared, but {order} does not stand in the SQL");
    }

private:
    void literal(std::string_view text)
    {
        if (!text.empty()) _out._pieces.push_back({Piece::Kind::Text, std::string(text)});
    }

    void add(const SqlMark& mark)
    {
        switch (mark.kind)
        {
        case SqlMark::Kind::Parameter:
            return value(mark);
        case SqlMark::Kind::When:
        case SqlMark::Kind::Each:
            return open(mark);
        case SqlMark::Kind::Place:
            return place(mark);
        case SqlMark::Kind::Close:
            if (!_open) return _fault(mark.line, "'}' closes nothing");
            _open.reset();
            return _out._pieces.push_back({Piece::Kind::Close});
        }
    }

    void value(const SqlMark& mark)
    {
        if (mark.name == "caller") return _out._pieces.push_back({Piece::Kind::Value, {}, SqlBind::kCaller});
        const auto param = find(mark, "the parameter :");
        if (!param) return;
        const bool isElement = _open && _open->kind == SqlMark::Kind::Each && _open->name == mark.name;
        if (!_params[*param].isList || isElement)
            return _out._pieces.push_back({Piece::Kind::Value, {}, *param, std::uint16_t{isElement}});
        _out._pieces.push_back({Piece::Kind::List, {}, *param, listSlot(*param, false, mark.line)});
    }

    void open(const SqlMark& mark)
    {
        const auto param = find(mark, "the parameter ");
        if (!param) return;
        if (_open) return _fault(mark.line, "'{" + std::string(mark.name) + "' stands inside another");
        _open = mark;
        const auto& spec = _params[*param];
        if (mark.kind == SqlMark::Kind::Each)
        {
            if (!spec.isList) _fault(mark.line, "'{" + spec.name + "*' repeats for a list, which it is not");
            return _out._pieces.push_back({Piece::Kind::Each, {}, *param, listSlot(*param, true, mark.line)});
        }
        if (!spec.isNullable) _fault(mark.line, "'{" + spec.name + "?' can never be left out: it is not NULL");
        _out._pieces.push_back({Piece::Kind::When, {}, *param, conditionSlot(*param, mark.line)});
    }

    void place(const SqlMark& mark)
    {
        const bool isOrder = mark.name == "order";
        if (!isOrder && mark.name != "after")
            return _fault(mark.line, "'{" + std::string(mark.name) + "}' is unknown; there are {order} and {after}");
        if (_out._orders.empty()) return _fault(mark.line, "no ordering is declared for it");
        if (_open) return _fault(mark.line, "it cannot be left out or repeated");
        const auto found =
            std::find_if(_params.begin(), _params.end(),
                         [&](const auto& p) { return p.type == (isOrder ? ParamType::Order : ParamType::After); });
        _isOrdered = _isOrdered || isOrder;
        if (found == _params.end()) return; // there was a fault that is told already
        _out._pieces.push_back({isOrder ? Piece::Kind::Order : Piece::Kind::After,
                                {},
                                static_cast<std::uint16_t>(found - _params.begin())});
    }

    std::optional<std::uint16_t> find(const SqlMark& mark, const char* what) const
    {
        const auto found =
            std::find_if(_params.begin(), _params.end(),
                         [&](const auto& p) { return p.name == mark.name && p.type < ParamType::Order; });
        if (found != _params.end()) return static_cast<std::uint16_t>(found - _params.begin());
        _fault(mark.line, what + std::string(mark.name) + " is not declared in params");
        return std::nullopt;
    }

    std::uint16_t listSlot(std::uint16_t param, bool isRepeated, int line)
    {
        auto& lists = _out._lists;
        const auto found = std::find_if(lists.begin(), lists.end(),
                                        [&](const List& l) { return l.param == param && l.isRepeated == isRepeated; });
        if (found != lists.end()) return static_cast<std::uint16_t>(found - lists.begin());
        if (lists.size() == kMaxLists) _fault(line, "an operation has at most 8 lists");
        lists.push_back({param, isRepeated});
        return static_cast<std::uint16_t>(lists.size() - 1);
    }

    std::uint16_t conditionSlot(std::uint16_t param, int line)
    {
        auto& all = _out._conditions;
        const auto found = std::find(all.begin(), all.end(), param);
        if (found != all.end()) return static_cast<std::uint16_t>(found - all.begin());
        if (all.size() == kMaxConditions) _fault(line, "an operation has at most 16 parts that may be left out");
        all.push_back(param);
        return static_cast<std::uint16_t>(all.size() - 1);
    }

    SqlTemplate& _out;
    const std::vector<ParamSpec>& _params;
    const std::function<void(int, std::string)>& _fault;
    std::optional<SqlMark> _open;
    bool _isOrdered = false;
};

/// Puts the pieces of one form together.
class SqlTemplate::Renderer
{
public:
    Renderer(const SqlTemplate& from, const SqlForm& form, Dialect dialect) noexcept
        : _from(from), _form(form), _dialect(dialect)
    {
    }

    RenderedSql run()
    {
        const auto& pieces = _from._pieces;
        for (std::size_t i = 0; i < pieces.size(); ++i)
        {
            if (pieces[i].kind != Piece::Kind::When && pieces[i].kind != Piece::Kind::Each)
            {
                piece(pieces[i], 0);
                continue;
            }
            const auto end = closing(i);
            part(pieces[i], i + 1, end);
            i = end;
        }
        return std::move(_out);
    }

private:
    std::uint64_t bits(const Piece& piece) const noexcept { return _form.lists >> (4 * piece.slot) & 15; }

    std::size_t closing(std::size_t open) const noexcept
    {
        auto at = open;
        while (_from._pieces[at].kind != Piece::Kind::Close) ++at;
        return at;
    }

    /// The part from piece `begin` to before `end`, as often as the form says.
    void part(const Piece& head, std::size_t begin, std::size_t end)
    {
        const auto times =
            head.kind == Piece::Kind::Each ? bits(head) : std::uint64_t{_form.conditions} >> head.slot & 1;
        for (std::size_t round = 0; round < times; ++round)
            for (auto i = begin; i < end; ++i) piece(_from._pieces[i], round);
        if (times > 0) return;
        for (auto i = begin; i < end; ++i) _out.text += newlinesOf(_from._pieces[i].text); // faults keep their lines
    }

    void piece(const Piece& piece, std::size_t round)
    {
        switch (piece.kind)
        {
        case Piece::Kind::Text:
            _out.text += piece.text;
            return;
        case Piece::Kind::Value:
            return bind(piece.param, piece.slot == 0 ? -1 : static_cast<std::int16_t>(round));
        case Piece::Kind::List:
            return list(piece);
        case Piece::Kind::Order:
            return order();
        case Piece::Kind::After:
            if (_form.hasAfter) after(piece.param);
            return;
        default:
            return;
        }
    }

    void bind(std::uint16_t param, std::int16_t element)
    {
        _out.text += '?';
        _out.binds.push_back({param, element});
    }

    void list(const Piece& piece)
    {
        const auto size = paddedSize(bits(piece));
        if (size == 0) _out.text += kEmptyList;
        for (std::size_t i = 0; i < size; ++i)
        {
            if (i > 0) _out.text += ", ";
            bind(piece.param, static_cast<std::int16_t>(i));
        }
    }

    const std::vector<OrderColumn>& columns() const noexcept { return _from._orders[_form.order].columns; }

    void order()
    {
        const char* before = "ORDER BY ";
        for (const auto& column : columns())
        {
            _out.text += std::exchange(before, ", ") + column.name + (column.isDescending ? " DESC" : "");
        }
    }

    /// What stands behind a row in the ordering. SQLite makes a range of an index from a row comparison, MariaDB from
    /// the same written out; neither does it the other way.
    void after(std::uint16_t param)
    {
        _out.text += "AND ";
        if (_dialect == Dialect::Sqlite && columns().size() > 1 && isOneDirection(columns())) return rowsAfter(param);
        _out.text += '(';
        behind(param, 0);
        _out.text += ')';
    }

    void rowsAfter(std::uint16_t param)
    {
        const char* before = "(";
        for (const auto& column : columns()) _out.text += std::exchange(before, ", ") + column.name;
        _out.text += columns().front().isDescending ? ") < " : ") > ";
        before = "(";
        for (std::size_t i = 0; i < columns().size(); ++i)
        {
            _out.text += std::exchange(before, ", ");
            bind(param, static_cast<std::int16_t>(i));
        }
        _out.text += ')';
    }

    /// a > ? OR (a = ? AND (b > ? OR ...))
    void behind(std::uint16_t param, std::size_t at)
    {
        const auto& column = columns()[at];
        _out.text += column.name + (column.isDescending ? " < " : " > ");
        bind(param, static_cast<std::int16_t>(at));
        if (at + 1 == columns().size()) return;
        _out.text += " OR (" + column.name + " = ";
        bind(param, static_cast<std::int16_t>(at));
        _out.text += " AND (";
        behind(param, at + 1);
        _out.text += "))";
    }

    const SqlTemplate& _from;
    const SqlForm& _form;
    const Dialect _dialect;
    RenderedSql _out;
};

SqlTemplate::SqlTemplate(std::string_view text, const SqlScan& scan, const std::vector<ParamSpec>& params,
                         std::vector<Order> orders, const std::function<void(int, std::string)>& fault)
    : _orders(std::move(orders))
{
    Builder(*this, params, fault).run(text, scan);
}

std::uint64_t SqlTemplate::listBits(const List& list, std::size_t elements) noexcept
{
    if (list.isRepeated) return std::min(elements, kMaxRepetitions);
    return elements == 0 ? 0 : 1 + static_cast<std::uint64_t>(std::bit_width(std::min(elements, kMaxElements) - 1));
}

RenderedSql SqlTemplate::render(const SqlForm& form, Dialect dialect) const
{
    return Renderer(*this, form, dialect).run();
}

std::vector<SqlForm> SqlTemplate::samples() const
{
    const auto all = (std::uint32_t{1} << _conditions.size()) - 1;
    SqlForm full{0, true, all, 0};
    for (std::size_t i = 0; i < _lists.size(); ++i) full.lists |= std::uint64_t{1} << (4 * i);
    std::vector<SqlForm> out;
    for (std::uint32_t order = 0; order < std::max<std::size_t>(1, _orders.size()); ++order)
    {
        full.order = order;
        out.push_back(full);
        out.push_back({order, false, 0, 0});
    }
    for (std::size_t i = 0; i < _conditions.size(); ++i) out.push_back({0, false, std::uint32_t{1} << i, full.lists});
    return out;
}

} // namespace zoco::gestorbbdd
