#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

enum class TokenKind
{
    Word = 1, ///< a key word or a name
    Quoted,   ///< a name in quotes
    String,
    Number,
    Sign ///< one character
};

struct Token
{
    TokenKind kind;
    std::string text; ///< of a quoted name without its quotes; of a string nothing
    int line;         ///< counts from 0
    std::size_t begin;
    std::size_t end;

    bool isName() const noexcept { return kind == TokenKind::Word || kind == TokenKind::Quoted; }
    bool isSign(char c) const noexcept { return kind == TokenKind::Sign && text[0] == c; }
};

/// The tokens of a text in the server's dialect, as our sessions set it up (ANSI_QUOTES, NO_BACKSLASH_ESCAPES).
struct Lexed
{
    std::vector<Token> tokens;
    std::string fault; ///< empty when there is none
    int faultLine = 0;
};

/// What could be read in two ways is a fault, and so is what only the server would read: comments that it executes,
/// '#', '--' without a blank, variables, names that are not ASCII.
Lexed lexSql(std::string_view text);

/// A token's text in upper case; empty unless it is a word without quotes.
std::string keyword(const Token& token);
std::string lowered(std::string_view text);

} // namespace zoco::gestorbbdd::mariadb
