#include "ChunkedDecoder.h"

#include "CharTables.h"
#include "HeaderLine.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{

constexpr std::size_t kMaxSizeDigits = 15;

unsigned hexValue(char c) noexcept
{
    return c <= '9' ? static_cast<unsigned>(c - '0') : static_cast<unsigned>((c | 0x20) - 'a') + 10;
}

const char* skipBlanks(const char* p, const char* end) noexcept
{
    while (p != end && (*p == ' ' || *p == '\t'))
    {
        ++p;
    }
    return p;
}

/// Past the quoted-string that begins at `p`, or null when it is malformed.
const char* skipQuoted(const char* p, const char* end) noexcept
{
    for (++p; p != end; ++p)
    {
        if (*p == '"')
        {
            return p + 1;
        }
        if (*p == '\\' && ++p == end)
        {
            return nullptr;
        }
    }
    return nullptr;
}

/// *( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )
bool areExtensions(const char* p, const char* end) noexcept
{
    while (p != end)
    {
        p = skipBlanks(p, end);
        if (p == end || *p != ';')
        {
            return false;
        }
        const char* name = skipBlanks(p + 1, end);
        p = skipChars(name, end, CharTables::kToken);
        if (p == name)
        {
            return false;
        }
        const char* equals = skipBlanks(p, end);
        if (equals == end || *equals != '=')
        {
            continue;
        }
        const char* value = skipBlanks(equals + 1, end);
        p = value != end && *value == '"' ? skipQuoted(value, end) : skipChars(value, end, CharTables::kToken);
        if (p == nullptr || p == value)
        {
            return false;
        }
    }
    return true;
}

bool isForbiddenTrailer(std::string_view name) noexcept
{
    return equalsIgnoreCase(name, "content-length") || equalsIgnoreCase(name, "transfer-encoding") ||
           equalsIgnoreCase(name, "host") || equalsIgnoreCase(name, "connection") || equalsIgnoreCase(name, "trailer");
}

} // namespace

void ChunkedDecoder::start(std::size_t begin, std::uint64_t bodyLimit) noexcept
{
    *this = ChunkedDecoder();
    _begin = _in = _out = _scan = begin;
    _bodyLimit = bodyLimit;
}

ParseStep ChunkedDecoder::decode(char* data, std::size_t& size, const ParserLimits& limits,
                                 ParseFailure& failure) noexcept
{
    bool progress = true;
    while (progress && _state != State::Done)
    {
        const bool inData = _state == State::Data || _state == State::DataEnd;
        progress = inData ? decodeData(data, size, failure) : decodeLine(data, size, limits, failure);
    }
    if (failure)
    {
        return ParseStep::Failed;
    }
    if (_state == State::Done)
    {
        return ParseStep::RequestComplete;
    }
    if (_in > _out)
    {
        std::memmove(data + _out, data + _in, size - _in);
        size -= _in - _out;
        _in = _out;
        _scan = size;
    }
    return ParseStep::NeedMore;
}

bool ChunkedDecoder::decodeData(char* data, std::size_t size, ParseFailure& failure) noexcept
{
    if (_state == State::Data)
    {
        const auto part = static_cast<std::size_t>(std::min<std::uint64_t>(_chunkLeft, size - _in));
        if (_in != _out)
        {
            std::memmove(data + _out, data + _in, part);
        }
        _in += part;
        _out += part;
        _chunkLeft -= part;
        if (_chunkLeft > 0)
        {
            return false;
        }
        _state = State::DataEnd;
    }
    const std::size_t have = size - _in;
    if ((have > 0 && data[_in] != '\r') || (have > 1 && data[_in + 1] != '\n'))
    {
        failure = {400, "bad-chunk"};
        return false;
    }
    if (have < 2)
    {
        return false;
    }
    _in += 2;
    _scan = _in;
    _state = State::Size;
    return true;
}

bool ChunkedDecoder::decodeLine(char* data, std::size_t size, const ParserLimits& limits,
                                ParseFailure& failure) noexcept
{
    const bool sizeLine = _state == State::Size;
    const std::size_t limit = sizeLine ? limits.chunkLine : limits.trailerBytes - _trailerBytes;
    _scan = std::max(_scan, _in);
    const void* found = std::memchr(data + _scan, '\n', size - _scan);
    const std::size_t end = found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - data) : size;
    if (end - _in > limit)
    {
        failure = sizeLine ? ParseFailure{400, "chunk-line-too-long"} : ParseFailure{431, "trailers-too-large"};
        return false;
    }
    if (found == nullptr)
    {
        _scan = size;
        return false;
    }
    if (end == _in || data[end - 1] != '\r')
    {
        failure = {400, "bare-lf"};
        return false;
    }
    const std::string_view line(data + _in, end - 1 - _in);
    _in = end + 1;
    _scan = _in;
    failure = sizeLine ? onSizeLine(line, limits) : onTrailerLine(line, limits);
    return !failure;
}

ParseFailure ChunkedDecoder::onSizeLine(std::string_view line, const ParserLimits& limits) noexcept
{
    const char* end = line.data() + line.size();
    const char* digitsEnd = skipChars(line.data(), end, CharTables::kHex);
    const auto digits = static_cast<std::size_t>(digitsEnd - line.data());
    if (digits == 0 || digits > kMaxSizeDigits || hasControl(line) || !areExtensions(digitsEnd, end))
    {
        return {400, "bad-chunk"};
    }
    _extensionBytes += line.size() - digits;
    if (_extensionBytes > limits.chunkExtensions)
    {
        return {400, "chunk-extensions-too-large"};
    }
    _chunkLeft = 0;
    for (const char* p = line.data(); p != digitsEnd; ++p)
    {
        _chunkLeft = _chunkLeft * 16 + hexValue(*p);
    }
    if (_chunkLeft > _bodyLimit - (_out - _begin))
    {
        return {413, "body-too-large"};
    }
    _state = _chunkLeft == 0 ? State::Trailer : State::Data;
    return {};
}

ParseFailure ChunkedDecoder::onTrailerLine(std::string_view line, const ParserLimits& limits) noexcept
{
    if (line.empty())
    {
        _state = State::Done;
        return {};
    }
    _trailerBytes += line.size() + 2;
    if (++_trailerFields > limits.trailerFields || _trailerBytes > limits.trailerBytes)
    {
        return {431, "trailers-too-large"};
    }
    HeaderField field;
    if (const auto failure = parseHeaderLine(line, field))
    {
        return failure;
    }
    return isForbiddenTrailer(field.name) ? ParseFailure{400, "forbidden-trailer"} : ParseFailure{};
}

} // namespace zoco::host
