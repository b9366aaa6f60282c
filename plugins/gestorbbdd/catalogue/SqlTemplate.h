#pragma once

#include "Dialect.h"
#include "ParamSpec.h"
#include "SqlScanner.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// A column that a declared ordering sorts by.
struct OrderColumn
{
    std::string name; ///< as the SQL knows it, such as p.importe
    ParamType type = ParamType::Int;
    bool isDescending = false;
};

/// A declared ordering: a name that callers choose, and its columns, the last of which makes it unambiguous.
struct Order
{
    std::string name;
    std::vector<OrderColumn> columns;
};

/// Which of the texts that a template can yield: ordering, whether a page continues, which conditions stand, and how
/// long its lists are (rounded up, so that few statements serve all lengths). A value.
struct SqlForm
{
    std::uint32_t order = 0;
    bool hasAfter = false;
    std::uint32_t conditions = 0; ///< a bit for each, in the order of `SqlTemplate::conditions`
    std::uint64_t lists = 0;      ///< four bits for each, in the order of `SqlTemplate::lists`

    friend bool operator==(const SqlForm&, const SqlForm&) = default;
    /// All of it in one number; different forms have different ones.
    std::uint64_t key() const noexcept
    {
        return lists << 24 | std::uint64_t{conditions} << 8 | order << 1 | (hasAfter ? 1u : 0u);
    }
};

/// Where the value of a placeholder comes from.
struct SqlBind
{
    static constexpr std::uint16_t kCaller = 0xffff; ///< no parameter: the id of the plugin that calls

    std::uint16_t param = 0;
    std::int16_t element = -1; ///< of a list; -1 = the value itself
};

/// SQL with '?' placeholders, and what is bound to them in turn.
struct RenderedSql
{
    std::string text;
    std::vector<SqlBind> binds;
};

/// The SQL of an operation with its optional parts (README.md, "Optional parts"). Read once, rendered when a connection
/// prepares it. Text comes from the operation's file alone: no value of a caller ever becomes part of it. A value.
class SqlTemplate
{
public:
    static constexpr std::size_t kMaxConditions = 16;
    static constexpr std::size_t kMaxLists = 8;
    static constexpr std::size_t kMaxOrders = 64;
    static constexpr std::size_t kMaxElements = 1024;  ///< of a list in IN (...)
    static constexpr std::size_t kMaxRepetitions = 15; ///< of {name* ...}

    struct List
    {
        std::uint16_t param = 0;
        bool isRepeated = false; ///< by {name* ...}, not written in one place
    };

    SqlTemplate() = default;
    /// `text` is the one statement that `scan` found. What is wrong with it is told by `fault(line, what)`, the line
    /// counted as in `scan`. `{order}` and `{after}` need orderings and the parameters of these types.
    SqlTemplate(std::string_view text, const SqlScan& scan, const std::vector<ParamSpec>& params,
                std::vector<Order> orders, const std::function<void(int line, std::string what)>& fault);

    const std::vector<Order>& orders() const noexcept { return _orders; }
    /// Parameters whose NULL leaves a part out.
    const std::vector<std::uint16_t>& conditions() const noexcept { return _conditions; }
    const std::vector<List>& lists() const noexcept { return _lists; }
    /// The statement's first characters, as they are written.
    std::string_view head() const noexcept { return _pieces.empty() ? std::string_view{} : _pieces.front().text; }

    /// The four bits for a list of so many elements; more than the limit is the caller's mistake.
    static std::uint64_t listBits(const List& list, std::size_t elements) noexcept;

    RenderedSql render(const SqlForm& form, Dialect dialect) const;
    /// The forms to prepare when a plugin starts: every ordering with all parts and with none, and each part alone.
    std::vector<SqlForm> samples() const;

private:
    struct Piece
    {
        enum class Kind
        {
            Text = 1,
            Value,
            List,
            When,
            Each,
            Close,
            Order,
            After
        };
        Kind kind = Kind::Text;
        std::string text{};
        std::uint16_t param = 0;
        std::uint16_t slot = 0; ///< its place in `_conditions` or `_lists`
    };
    class Builder;
    class Renderer;

    std::vector<Piece> _pieces;
    std::vector<Order> _orders;
    std::vector<std::uint16_t> _conditions;
    std::vector<List> _lists;
};

} // namespace zoco::gestorbbdd
