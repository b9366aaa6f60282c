#include "SqlScanner.h"

namespace zoco::gestorbbdd
{

namespace
{

bool isWord(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool isSpace(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// One pass over the text.
class Scanner
{
public:
    explicit Scanner(std::string_view text) noexcept : _text(text) {}

    SqlScan run()
    {
        while (_at < _text.size()) step();
        return std::move(_scan);
    }

private:
    char peek(std::size_t ahead) const noexcept { return _at + ahead < _text.size() ? _text[_at + ahead] : '\0'; }

    void step()
    {
        const char c = _text[_at];
        if (isSpace(c)) return advance(1);
        if (c == '-' && peek(1) == '-') return skipLineComment();
        if (c == '/' && peek(1) == '*') return skipUntil("*/", 2, "a comment is not closed");
        if (c == ';')
        {
            _isEnded = _isEnded || _isBegun;
            return advance(1);
        }
        begin();
        if (c == '\'' || c == '"' || c == '`')
            skipUntil(std::string_view(&c, 1), 1, "a quoted text is not closed");
        else if (c == '[')
            skipUntil("]", 1, "a quoted name is not closed");
        else if (c == ':' || c == '?' || c == '@' || c == '$')
            parameter(c);
        else if (c == '{')
            brace();
        else if (c == '}')
            mark(SqlMark::Kind::Close, {}, 1);
        else
            skipWordOrSign();
        if (!_isEnded) _scan.end = _at;
    }

    void begin()
    {
        if (!_isBegun)
        {
            _isBegun = true;
            _scan.begin = _at;
            _scan.firstLine = _line;
        }
        else if (_isEnded && !_hasSecond)
        {
            _hasSecond = true;
            fault("a second statement begins; an operation has exactly one");
        }
    }

    void parameter(char sign)
    {
        const auto name = wordAfter();
        if (sign == ':' && !name.empty()) return mark(SqlMark::Kind::Parameter, name, 1 + name.size());
        fault("'" + std::string(_text.substr(_at, 1 + name.size())) + "' is no parameter; they are written :name");
        advance(1 + name.size());
    }

    void brace()
    {
        const auto name = wordAfter();
        const char sign = peek(1 + name.size());
        if (!name.empty() && sign == '?') return mark(SqlMark::Kind::When, name, name.size() + 2);
        if (!name.empty() && sign == '*') return mark(SqlMark::Kind::Each, name, name.size() + 2);
        if (!name.empty() && sign == '}') return mark(SqlMark::Kind::Place, name, name.size() + 2);
        fault("after '{' comes a name with '?', '*' or '}': {name? ...}, {name* ...}, {order}, {after}");
        advance(1);
    }

    std::string_view wordAfter() const noexcept
    {
        auto to = _at + 1;
        while (to < _text.size() && isWord(_text[to])) ++to;
        return _text.substr(_at + 1, to - _at - 1);
    }

    void mark(SqlMark::Kind kind, std::string_view name, std::size_t length)
    {
        _scan.marks.push_back({kind, name, _at, length, _line});
        advance(length);
    }

    void skipWordOrSign()
    {
        std::size_t length = 1; // a word is taken whole, since names may hold '$'
        if (isWord(_text[_at]))
            while (isWord(peek(length)) || peek(length) == '$') ++length;
        advance(length);
    }

    void skipLineComment()
    {
        const auto end = _text.find('\n', _at);
        advance((end == std::string_view::npos ? _text.size() : end) - _at);
    }

    void skipUntil(std::string_view mark, std::size_t openSize, const char* whenOpen)
    {
        const auto found = _text.find(mark, _at + openSize);
        if (found == std::string_view::npos)
        {
            fault(whenOpen);
            return advance(_text.size() - _at);
        }
        advance(found + mark.size() - _at);
    }

    void fault(std::string what) { _scan.faults.push_back({_line, std::move(what)}); }

    void advance(std::size_t count) noexcept
    {
        for (; count > 0; --count, ++_at)
            if (_text[_at] == '\n') ++_line;
    }

    std::string_view _text;
    SqlScan _scan;
    std::size_t _at = 0;
    int _line = 0;
    bool _isBegun = false;
    bool _isEnded = false;
    bool _hasSecond = false;
};

} // namespace

SqlScan scanSql(std::string_view text) { return Scanner(text).run(); }

} // namespace zoco::gestorbbdd
