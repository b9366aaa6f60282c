#include "RequestParser.h"

#include "CharTables.h"
#include "HeaderLine.h"
#include "RequestTarget.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace zoco::host
{

namespace
{

/// Cuts the first element off a comma-separated list.
std::string_view nextElement(std::string_view& list) noexcept
{
    const std::size_t comma = list.find(',');
    const std::string_view element = trimmed(list.substr(0, comma));
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    return element;
}

void shift(std::string_view& view, std::uintptr_t from, const char* to) noexcept
{
    if (view.data() != nullptr)
    {
        view = {to + (reinterpret_cast<std::uintptr_t>(view.data()) - from), view.size()};
    }
}

} // namespace

RequestParser::RequestParser(const ParserLimits& limits) : _limits(limits) { _fields.reserve(limits.headerFields); }

void RequestParser::reset() noexcept
{
    _stage = Stage::RequestLine;
    _position = _scan = _sectionStart = _consumed = 0;
    _contentLength = _bodyLimit = 0;
    _skippedEmptyLine = _sawHost = _sawLength = _sawCoding = _sawUnknownCoding = _isChunked = false;
    _sawClose = _sawKeepAlive = _expectsContinue = _hasUnknownExpectation = false;
    _failure = {};
    _fields.clear();
    _request.method = _request.target = _request.path = _request.query = {};
    _request.host = _request.body = {};
    _request.headers = {};
    _request.isHttp11 = true;
}

void RequestParser::rebase(const char* from, const char* to) noexcept
{
    if (from == to)
    {
        return;
    }
    const auto origin = reinterpret_cast<std::uintptr_t>(from);
    for (HeaderField& field : _fields)
    {
        shift(field.name, origin, to);
        shift(field.value, origin, to);
    }
    for (std::string_view* view :
         {&_request.method, &_request.target, &_request.path, &_request.query, &_request.host, &_request.body})
    {
        shift(*view, origin, to);
    }
}

ParseStep RequestParser::fail(ParseFailure failure) noexcept
{
    _failure = failure;
    _stage = Stage::Failed;
    return ParseStep::Failed;
}

ParseStep RequestParser::parse(char* data, std::size_t& size) noexcept
{
    switch (_stage)
    {
    case Stage::RequestLine:
    case Stage::Headers:
        return parseHead(data, size);
    case Stage::Verdict:
        if (_sawLength && _contentLength > _bodyLimit)
        {
            return fail({413, "body-too-large"});
        }
        _chunks.start(_position, _bodyLimit);
        _stage = Stage::Body;
        return parseBody(data, size);
    case Stage::Body:
        return parseBody(data, size);
    case Stage::Failed:
        break;
    }
    return ParseStep::Failed;
}

ParseStep RequestParser::parseHead(char* data, std::size_t size) noexcept
{
    while (true)
    {
        const bool firstLine = _stage == Stage::RequestLine;
        // Refuse at once what cannot become a request, such as a TLS greeting: it may contain no line feed.
        if (firstLine && _position < size && !isChar(data[_position], CharTables::kToken) && data[_position] != '\r' &&
            data[_position] != '\n')
        {
            return fail({400, "bad-method"});
        }
        const void* found = _scan < size ? std::memchr(data + _scan, '\n', size - _scan) : nullptr;
        const std::size_t end =
            found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - data) : size;
        const std::size_t used = firstLine ? end - _position : end - _sectionStart;
        if (used > (firstLine ? _limits.requestLine : _limits.headerBytes))
        {
            return fail(firstLine ? ParseFailure{414, "request-line-too-long"}
                                  : ParseFailure{431, "headers-too-large"});
        }
        if (found == nullptr)
        {
            _scan = size;
            return ParseStep::NeedMore;
        }
        if (end == _position || data[end - 1] != '\r')
        {
            return fail({400, "bare-lf"});
        }
        char* line = data + _position;
        _position = _scan = end + 1;
        if (const auto failure = onHeadLine(line, data + end - 1))
        {
            return fail(failure);
        }
        if (_stage == Stage::Verdict)
        {
            return ParseStep::HeadComplete;
        }
    }
}

ParseFailure RequestParser::onHeadLine(char* begin, char* end) noexcept
{
    if (_stage == Stage::RequestLine)
    {
        if (begin == end)
        {
            const bool second = _skippedEmptyLine;
            _skippedEmptyLine = true;
            return second ? ParseFailure{400, "bad-request-line"} : ParseFailure{};
        }
        _stage = Stage::Headers;
        _sectionStart = _position;
        return parseRequestLine(begin, end, _request);
    }
    if (begin == end)
    {
        return finishHead();
    }
    if (_fields.size() >= _limits.headerFields)
    {
        return {431, "too-many-headers"};
    }
    HeaderField& field = _fields.emplace_back();
    if (const auto failure = parseHeaderLine({begin, static_cast<std::size_t>(end - begin)}, field))
    {
        return failure;
    }
    return onHeader(field);
}

ParseFailure RequestParser::onHeader(const HeaderField& field) noexcept
{
    switch (field.name.size())
    {
    case 4:
        return equalsIgnoreCase(field.name, "host") ? onHost(field.value) : ParseFailure{};
    case 6:
        if (equalsIgnoreCase(field.name, "expect"))
        {
            onExpect(field.value);
        }
        return {};
    case 10:
        if (equalsIgnoreCase(field.name, "connection"))
        {
            onConnection(field.value);
        }
        return {};
    case 14:
        return equalsIgnoreCase(field.name, "content-length") ? onContentLength(field.value) : ParseFailure{};
    case 17:
        return equalsIgnoreCase(field.name, "transfer-encoding") ? onTransferEncoding(field.value) : ParseFailure{};
    default:
        return {};
    }
}

ParseFailure RequestParser::onHost(std::string_view value) noexcept
{
    if (_sawHost)
    {
        return {400, "duplicate-host"};
    }
    _sawHost = true;
    if (!isValidHost(value))
    {
        return {400, "bad-host"};
    }
    if (_request.host.data() == nullptr)
    {
        _request.host = value;
    }
    return {};
}

ParseFailure RequestParser::onContentLength(std::string_view value) noexcept
{
    if (_sawLength)
    {
        return {400, "duplicate-content-length"};
    }
    _sawLength = true;
    if (value.empty() || !allChars(value, CharTables::kDigit))
    {
        return {400, "bad-content-length"};
    }
    constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
    for (const char digit : value)
    {
        // Saturates: whatever is that large is beyond any limit.
        const bool fits = _contentLength <= (kMax - 9) / 10;
        _contentLength = fits ? _contentLength * 10 + static_cast<std::uint64_t>(digit - '0') : kMax;
    }
    return {};
}

ParseFailure RequestParser::onTransferEncoding(std::string_view value) noexcept
{
    _sawCoding = true;
    bool more = true;
    while (more)
    {
        more = value.find(',') != std::string_view::npos;
        const std::string_view coding = nextElement(value);
        if (coding.empty() || !allChars(coding, CharTables::kToken) || _isChunked)
        {
            return {400, "bad-transfer-encoding"};
        }
        _isChunked = equalsIgnoreCase(coding, "chunked");
        _sawUnknownCoding = _sawUnknownCoding || !_isChunked;
    }
    return {};
}

void RequestParser::onConnection(std::string_view value) noexcept
{
    while (!value.empty())
    {
        const std::string_view option = nextElement(value);
        _sawClose = _sawClose || equalsIgnoreCase(option, "close");
        _sawKeepAlive = _sawKeepAlive || equalsIgnoreCase(option, "keep-alive");
    }
}

void RequestParser::onExpect(std::string_view value) noexcept
{
    if (!_request.isHttp11)
    {
        return;
    }
    const bool known = equalsIgnoreCase(value, "100-continue");
    _expectsContinue = _expectsContinue || known;
    _hasUnknownExpectation = _hasUnknownExpectation || !known;
}

ParseFailure RequestParser::finishHead() noexcept
{
    if (!_sawHost && _request.isHttp11)
    {
        return {400, "missing-host"};
    }
    if (_sawCoding && _sawLength)
    {
        return {400, "length-and-coding"};
    }
    if (_sawCoding && !_request.isHttp11)
    {
        return {400, "coding-in-http-1.0"};
    }
    if (_sawCoding && !_isChunked)
    {
        return {400, "bad-transfer-encoding"}; // nobody can tell where the body ends (RFC 9112 6.3)
    }
    if (_sawUnknownCoding)
    {
        return {501, "unknown-transfer-coding"};
    }
    _request.headers = _fields;
    _stage = Stage::Verdict;
    return {};
}

ParseStep RequestParser::parseBody(char* data, std::size_t& size) noexcept
{
    std::size_t bodySize = 0;
    if (_isChunked)
    {
        ParseFailure failure;
        const ParseStep step = _chunks.decode(data, size, _limits, failure);
        if (step == ParseStep::Failed)
        {
            return fail(failure);
        }
        if (step == ParseStep::NeedMore)
        {
            return step;
        }
        bodySize = _chunks.bodyEnd() - _position;
        _consumed = _chunks.consumed();
    }
    else
    {
        if (size - _position < _contentLength)
        {
            return ParseStep::NeedMore;
        }
        bodySize = static_cast<std::size_t>(_contentLength);
        _consumed = _position + bodySize;
    }
    _request.body = {data + _position, bodySize};
    return ParseStep::RequestComplete;
}

} // namespace zoco::host
