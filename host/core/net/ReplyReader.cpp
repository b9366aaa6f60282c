#include "ReplyReader.h"

#include "HttpFault.h"
#include "HttpText.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace zoco::host
{

namespace
{

constexpr std::size_t kMostHead = 64 * 1024; ///< of all lines together, those of chunks included
constexpr std::size_t kMostFields = 200;
constexpr std::size_t kStep = 16 * 1024;
constexpr int kMostInterim = 8;

[[noreturn]] void failWith(const char* why) { throw HttpFault(ZOCO_E_FAILED, why); }

template <class Number>
bool parse(std::string_view text, Number& out, int base)
{
    const auto read = std::from_chars(text.data(), text.data() + text.size(), out, base);
    return !text.empty() && text.front() != '-' && read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

/// The one value of a header; nothing when there is none. Several that differ are refused.
std::optional<std::string_view> only(const HttpReply& reply, std::string_view name)
{
    std::optional<std::string_view> out;
    for (const auto& [other, value] : reply.headers)
    {
        if (!equalIgnoringCase(other, name)) continue;
        if (out && *out != value) failWith("a header that frames the answer is there twice");
        out = value;
    }
    return out;
}

} // namespace

bool ReplyReader::fill()
{
    if (_at > 0)
    {
        _bytes.erase(0, _at);
        _at = 0;
    }
    const auto before = _bytes.size();
    _bytes.resize(before + kStep);
    const auto got = _source(_bytes.data() + before, kStep);
    _bytes.resize(before + got);
    return got > 0;
}

/// Without its CRLF.
std::string ReplyReader::line()
{
    for (;;)
    {
        const auto end = _bytes.find('\n', _at);
        if (end != std::string::npos)
        {
            _headBytes += end + 1 - _at;
            if (end == _at || _bytes[end - 1] != '\r') failWith("a line of the answer does not end in CRLF");
            if (_headBytes > kMostHead) break;
            auto out = _bytes.substr(_at, end - 1 - _at);
            _at = end + 1;
            return out;
        }
        if (_headBytes + _bytes.size() - _at > kMostHead) break;
        if (!fill()) throw HttpFault(ZOCO_E_UNKNOWN_OUTCOME, "the connection ended before the answer did");
    }
    failWith("the answer's header section is too large");
}

HttpReply ReplyReader::read(bool isHead)
{
    HttpReply out;
    for (int i = 0; out.status < 200; ++i)
    {
        if (i > kMostInterim) failWith("too many interim answers");
        out = {};
        readHead(out);
    }
    if (!isHead && out.status != 204 && out.status != 304) readBody(out);
    return out;
}

void ReplyReader::readHead(HttpReply& out)
{
    const auto first = line();
    const bool isHttp = first.starts_with("HTTP/1.1 ") || first.starts_with("HTTP/1.0 ");
    _isHttp11 = first.starts_with("HTTP/1.1");
    if (!isHttp || first.size() < 12 || (first.size() > 12 && first[12] != ' ') ||
        !parse(std::string_view(first).substr(9, 3), out.status, 10) || out.status < 100 || out.status > 599 ||
        out.status == 101 || !isFieldValue(first))
        failWith("the answer's first line is none of HTTP/1.1");
    for (auto text = line(); !text.empty(); text = line()) readField(out, text);
}

void ReplyReader::readField(HttpReply& out, std::string_view text) const
{
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || !isHttpToken(text.substr(0, colon)))
        failWith("a header of the answer is none");
    const auto value = trimmed(text.substr(colon + 1));
    if (!isFieldValue(value)) failWith("a header of the answer has a control character");
    if (out.headers.size() >= kMostFields) failWith("the answer has too many headers");
    out.headers.emplace_back(text.substr(0, colon), value);
}

void ReplyReader::readBody(HttpReply& out)
{
    const auto coding = only(out, "Transfer-Encoding");
    const auto length = only(out, "Content-Length");
    if (coding)
    {
        if (length || !_isHttp11 || !equalIgnoringCase(*coding, "chunked")) failWith("the answer's framing is unclear");
        return readChunks(out.body);
    }
    if (!length) return readToEnd(out.body);
    std::uint64_t size = 0;
    if (!parse(*length, size, 10)) failWith("the answer's length is no number");
    take(out.body, size);
}

void ReplyReader::take(std::string& body, std::uint64_t size)
{
    if (size > _mostBytes - body.size()) failWith("the answer's body is too large");
    while (size > 0)
    {
        if (_at == _bytes.size() && !fill())
            throw HttpFault(ZOCO_E_UNKNOWN_OUTCOME, "the connection ended before the answer did");
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(size, _bytes.size() - _at));
        body.append(_bytes, _at, part);
        _at += part;
        size -= part;
    }
}

void ReplyReader::readChunks(std::string& body)
{
    for (;;)
    {
        const auto head = line();
        std::uint64_t size = 0;
        const auto digits = trimmed(std::string_view(head).substr(0, head.find(';')));
        if (!isFieldValue(head) || !parse(digits, size, 16)) failWith("a chunk of the answer has no size");
        if (size == 0) break;
        take(body, size);
        if (!line().empty()) failWith("a chunk of the answer is longer than its size");
    }
    HttpReply trailers;
    for (auto text = line(); !text.empty(); text = line()) readField(trailers, text);
}

void ReplyReader::readToEnd(std::string& body)
{
    do {
        if (_bytes.size() - _at > _mostBytes - body.size()) failWith("the answer's body is too large");
        body.append(_bytes, _at);
        _at = _bytes.size();
    } while (fill());
}

} // namespace zoco::host
