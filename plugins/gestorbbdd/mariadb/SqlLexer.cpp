#include "SqlLexer.h"

#include <algorithm>

namespace zoco::gestorbbdd::mariadb
{

namespace
{

constexpr std::string_view kDigits = "0123456789";

bool isWordChar(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
}

bool isBlank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// 12, 1e5, 0x1f, 0b01; what merely begins like a number is neither that nor a name.
bool isNumber(std::string_view word) noexcept
{
    const auto all = [](std::string_view text, std::string_view allowed)
    { return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos; };
    if (word.size() > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'b'))
        return all(word.substr(2), word[1] == 'b' ? "01" : "0123456789abcdefABCDEF");
    const auto e = std::min(word.find_first_of("eE"), word.size());
    return all(word.substr(0, e), kDigits) && (e == word.size() || all(word.substr(e + 1), kDigits));
}

class Lexer
{
public:
    explicit Lexer(std::string_view text) noexcept : _text(text) {}

    Lexed run()
    {
        while (_at < _text.size() && _out.fault.empty()) step();
        return std::move(_out);
    }

private:
    char peek(std::size_t ahead) const noexcept { return _at + ahead < _text.size() ? _text[_at + ahead] : '\0'; }

    void step()
    {
        const char c = _text[_at];
        if (isBlank(c)) return advance(1);
        if (c == '-' && peek(1) == '-') return lineComment();
        if (c == '/' && peek(1) == '*') return comment();
        if (c == '\'') return quoted(TokenKind::String, c);
        if (c == '"' || c == '`') return quoted(TokenKind::Quoted, c);
        if (isWordChar(c)) return word();
        sign(c);
    }

    void lineComment()
    {
        const char next = peek(2);
        if (next != '\0' && !isBlank(next)) return fault("write a blank after '--'");
        advance(std::min(_text.find('\n', _at), _text.size()) - _at);
    }

    void comment()
    {
        const char next = peek(2);
        if (next == '!' || next == '+' || (next == 'M' && peek(3) == '!'))
            return fault("a comment must not hold anything that the server executes");
        const auto end = _text.find("*/", _at + 2);
        if (end == std::string_view::npos) return fault("a comment is not closed");
        if (_text.substr(_at + 2, end - _at - 2).find("/*") != std::string_view::npos)
            return fault("a comment must not hold another one");
        advance(end + 2 - _at);
    }

    void quoted(TokenKind kind, char quote)
    {
        Token token{kind, "", _line, _at, 0};
        auto at = _at + 1;
        for (;; ++at)
        {
            if (at >= _text.size()) return fault("a quoted text is not closed");
            if (_text[at] == quote)
            {
                if (at + 1 >= _text.size() || _text[at + 1] != quote) break;
                ++at;
            }
            token.text += _text[at];
        }
        if (kind == TokenKind::String)
            token.text.clear();
        else if (!std::all_of(token.text.begin(), token.text.end(), isWordChar))
            return fault("a name must be made of ASCII letters, digits and '_'");
        advance(at + 1 - _at);
        token.end = _at;
        _out.tokens.push_back(std::move(token));
    }

    void word()
    {
        std::size_t length = 1;
        while (isWordChar(peek(length))) ++length;
        const auto text = _text.substr(_at, length);
        const bool isDigit = text[0] >= '0' && text[0] <= '9';
        if (isDigit && !isNumber(text)) return fault("'" + std::string(text) + "' is neither a number nor a name");
        _out.tokens.push_back(
            {isDigit ? TokenKind::Number : TokenKind::Word, std::string(text), _line, _at, _at + length});
        advance(length);
    }

    void sign(char c)
    {
        constexpr std::string_view kSigns = "()+-*/%=<>!,.;:|&^~?";
        if (c == '@') return fault("variables are not for plugins");
        if (kSigns.find(c) == std::string_view::npos) return fault("a character that is no SQL stands outside a text");
        _out.tokens.push_back({TokenKind::Sign, std::string(1, c), _line, _at, _at + 1});
        advance(1);
    }

    void fault(std::string what)
    {
        _out.fault = std::move(what);
        _out.faultLine = _line;
    }

    void advance(std::size_t count) noexcept
    {
        for (; count > 0; --count, ++_at)
            if (_text[_at] == '\n') ++_line;
    }

    std::string_view _text;
    Lexed _out;
    std::size_t _at = 0;
    int _line = 0;
};

std::string mapped(std::string_view text, char first, char last, int shift)
{
    std::string out(text);
    for (auto& c : out)
        if (c >= first && c <= last) c = static_cast<char>(c + shift);
    return out;
}

} // namespace

Lexed lexSql(std::string_view text) { return Lexer(text).run(); }

std::string keyword(const Token& token)
{
    return token.kind == TokenKind::Word ? mapped(token.text, 'a', 'z', 'A' - 'a') : std::string();
}

std::string lowered(std::string_view text) { return mapped(text, 'A', 'Z', 'a' - 'A'); }

} // namespace zoco::gestorbbdd::mariadb
