#pragma once

#include "CharStream.h"

#include <optional>
#include <string>
#include <vector>

namespace catalogo
{

/// Reads CSV (RFC 4180) and TSV. The first row has the names of the columns. CSV may be separated by ',' or ';', as its
/// first row says; lines end with LF, CR LF or CR; fields in quotes may have separators, line ends and "" for a quote;
/// empty lines are skipped. One use, one thread.
class DelimitedReader
{
public:
    enum class Form
    {
        Csv = 1,
        Tsv
    };

    DelimitedReader(CharStream& in, Form form, const RecordEvents& events);

    /// Hands out all rows. A row with a fault is told and left out.
    void run();

private:
    struct Cell
    {
        Position at;
        std::string text;
        bool isLast = false; ///< of its row
    };

    bool readHeader();
    bool readRow(std::vector<Cell>& row);
    bool readCell(Cell& cell);
    bool readQuoted(Cell& cell);
    bool atRowEnd() const noexcept;
    void endRow();
    void skipRow();
    bool handOut(const std::vector<Cell>& row);
    bool fault(Position at, std::string what);

    CharStream& _in;
    const RecordEvents& _events;
    char _separator;
    std::vector<std::string> _names;
};

} // namespace catalogo
