#include "DelimitedReader.h"

#include "text/Utf8.h"

#include <algorithm>

namespace catalogo
{

namespace
{

/// Which of ';' and ',' separates a header: what it has more of outside quotes.
char separatorOf(std::string_view header) noexcept
{
    std::ptrdiff_t balance = 0;
    bool inQuotes = false;
    for (const char c : header)
    {
        if (c == '"') inQuotes = !inQuotes;
        if (!inQuotes && (c == '\n' || c == '\r')) break;
        if (!inQuotes && c == ';') ++balance;
        if (!inQuotes && c == ',') --balance;
    }
    return balance > 0 ? ';' : ',';
}

std::string plural(std::size_t count, const std::string& noun)
{
    return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace

DelimitedReader::DelimitedReader(CharStream& in, Form form, const RecordEvents& events)
    : _in(in), _events(events), _separator(form == Form::Tsv ? '\t' : separatorOf(in.ahead()))
{
}

void DelimitedReader::run()
{
    if (!readHeader()) return;
    std::vector<Cell> row;
    while (_in.peek() != CharStream::kEnd)
    {
        if (!readRow(row)) continue;
        const bool isBlank = row.size() == 1 && trimmed(row.front().text).empty();
        if (!isBlank && !handOut(row)) return;
    }
}

bool DelimitedReader::readHeader()
{
    std::vector<Cell> row;
    if (_in.peek() == CharStream::kEnd) return fault(_in.position(), "the file is empty");
    if (!readRow(row)) return false;
    for (const auto& cell : row)
    {
        std::string name(trimmed(cell.text));
        if (!name.empty() && std::find(_names.begin(), _names.end(), name) != _names.end())
            return fault(cell.at, "the column " + name + " is there twice");
        _names.push_back(std::move(name));
    }
    return true;
}

bool DelimitedReader::handOut(const std::vector<Cell>& row)
{
    if (row.size() != _names.size())
    {
        const auto& at = row.size() > _names.size() ? row[_names.size()].at : row.back().at;
        fault(at, "the row has " + plural(row.size(), "field") + ", the header has " + plural(_names.size(), "column"));
        return true;
    }
    Record record{row.front().at, {}};
    record.fields.reserve(row.size());
    for (std::size_t i = 0; i < row.size(); ++i)
        record.fields.push_back({_names[i], row[i].at, Field::Kind::Text, std::string(trimmed(row[i].text)), {}});
    return _events.onRecord(record);
}

bool DelimitedReader::readRow(std::vector<Cell>& row)
{
    row.clear();
    bool isGood = true;
    do {
        row.push_back({_in.position(), {}, false});
        auto& cell = row.back();
        if (!readCell(cell)) return false;
        if (!isUtf8(cell.text)) isGood = fault(cell.at, "the text is not UTF-8");
        if (cell.text.find('\0') != std::string::npos) isGood = fault(cell.at, "there is a NUL byte: no text file");
    } while (!row.back().isLast);
    return isGood;
}

/// Reads a cell and what ends it.
bool DelimitedReader::readCell(Cell& cell)
{
    if (_in.peek() == '"')
    {
        if (!readQuoted(cell)) return false;
    }
    else
    {
        while (!atRowEnd() && _in.peek() != static_cast<unsigned char>(_separator))
            cell.text += static_cast<char>(_in.take());
    }
    cell.isLast = atRowEnd();
    if (cell.isLast)
        endRow();
    else
        _in.take();
    return true;
}

bool DelimitedReader::readQuoted(Cell& cell)
{
    _in.take();
    for (;;)
    {
        const int byte = _in.take();
        if (byte == CharStream::kEnd) return fault(cell.at, "the quote that opens here is never closed");
        if (byte != '"')
        {
            cell.text += static_cast<char>(byte);
            continue;
        }
        if (_in.peek() != '"') break;
        cell.text += static_cast<char>(_in.take());
    }
    if (atRowEnd() || _in.peek() == static_cast<unsigned char>(_separator)) return true;
    fault(_in.position(), "there is text behind the closing quote");
    skipRow();
    return false;
}

bool DelimitedReader::atRowEnd() const noexcept
{
    return _in.peek() == '\n' || _in.peek() == '\r' || _in.peek() == CharStream::kEnd;
}

void DelimitedReader::endRow()
{
    if (_in.take() == '\r' && _in.peek() == '\n') _in.take();
}

void DelimitedReader::skipRow()
{
    while (!atRowEnd()) _in.take();
    endRow();
}

bool DelimitedReader::fault(Position at, std::string what)
{
    _events.onFault(at, std::move(what));
    return false;
}

} // namespace catalogo
