#pragma once

#include "zoco/abi/base.h"

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace zoco::gestorbbdd
{

/// A prepared statement; dies before its connection. Used by one thread at a time. Failures throw SqliteError.
class Statement
{
public:
    enum class Life
    {
        Once = 1,
        Kept, ///< used again and again
    };

    Statement(sqlite3* db, std::string_view sql, Life life = Life::Once);

    /// False when the text holds nothing but comments.
    explicit operator bool() const noexcept { return _raw != nullptr; }
    /// Bytes of the text that this statement took.
    std::size_t consumed() const noexcept { return _consumed; }
    bool isRead() const noexcept;

    /// `position` counts from 1. Text and bytes are borrowed until `reset`.
    void bind(int position, const zoco_value& value);
    /// True: there is a row. False: done.
    bool step();
    /// Runs it to its end and makes it ready again.
    void run();
    void reset() noexcept;

    /// The row at hand; views are valid until the next step.
    std::span<const zoco_value> row();
    std::size_t columnCount() const noexcept;
    /// Valid until the next step of another execution.
    std::span<const zoco_str> columnNames();

private:
    struct Finalize
    {
        void operator()(sqlite3_stmt* raw) const noexcept;
    };

    zoco_value column(int index) const noexcept;

    sqlite3* _db;
    std::unique_ptr<sqlite3_stmt, Finalize> _raw;
    std::size_t _consumed = 0;
    std::vector<zoco_value> _row;
    std::vector<zoco_str> _names;
};

/// Resets a statement at the end of a block, so that its read ends and borrowed values are forgotten.
class ResetAtEnd
{
public:
    explicit ResetAtEnd(Statement& statement) noexcept : _statement(statement) {}
    ~ResetAtEnd() { _statement.reset(); }
    ResetAtEnd(const ResetAtEnd&) = delete;
    ResetAtEnd& operator=(const ResetAtEnd&) = delete;

private:
    Statement& _statement;
};

} // namespace zoco::gestorbbdd
