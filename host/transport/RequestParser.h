#pragma once

#include "ChunkedDecoder.h"
#include "ParseTypes.h"
#include "pipeline/Request.h"

#include <cstdint>
#include <vector>

namespace zoco::host
{

/// Strict incremental HTTP/1.1 request parser (RFC 9110, 9112) over a buffer that its caller owns and fills.
/// Nothing of the head is copied: the request views the buffer. The verdict never depends on how the bytes were split.
/// Owned by one connection, one thread at a time; does not throw after construction.
class RequestParser
{
public:
    explicit RequestParser(const ParserLimits& limits);

    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Looks at the bytes received so far, [data, data + size), which begin with this request. Bytes already shown may
    /// have been moved by this parser (decoding a chunked body shrinks `size`); the caller appends only.
    ParseStep parse(char* data, std::size_t& size) noexcept;

    /// After HeadComplete: how large the body may be. A known length beyond it fails at the next parse().
    void setBodyLimit(std::uint64_t limit) noexcept { _bodyLimit = limit; }

    /// Forgets the request; the next one begins at the buffer's first byte.
    void reset() noexcept;

    /// The buffer was moved: makes every view follow. Call while both ranges are allocated.
    void rebase(const char* from, const char* to) noexcept;

    Request& request() noexcept { return _request; }
    const Request& request() const noexcept { return _request; }
    const ParseFailure& failure() const noexcept { return _failure; }

    /// Bytes of the whole request in the buffer. Valid after RequestComplete.
    std::size_t consumed() const noexcept { return _consumed; }
    /// Bytes of the head. Valid after HeadComplete.
    std::size_t headSize() const noexcept { return _position; }

    bool isHeadComplete() const noexcept { return _stage == Stage::Verdict || _stage == Stage::Body; }
    bool hasBody() const noexcept { return _isChunked || _contentLength > 0; }
    /// How many bytes of a body of known length are not there yet, of `size` bytes received.
    std::size_t missing(std::size_t size) const noexcept
    {
        const auto end = _position + static_cast<std::size_t>(_contentLength);
        return end > size ? end - size : 0;
    }
    bool isChunked() const noexcept { return _isChunked; }
    bool wantsKeepAlive() const noexcept { return _request.isHttp11 ? !_sawClose : _sawKeepAlive && !_sawClose; }
    bool expectsContinue() const noexcept { return _expectsContinue; }
    bool hasUnknownExpectation() const noexcept { return _hasUnknownExpectation; }

private:
    enum class Stage
    {
        RequestLine = 1,
        Headers,
        Verdict,
        Body,
        Failed,
    };

    ParseStep parseHead(char* data, std::size_t size) noexcept;
    ParseFailure onHeadLine(char* begin, char* end) noexcept;
    ParseFailure onHeader(const HeaderField& field) noexcept;
    ParseFailure onHost(std::string_view value) noexcept;
    ParseFailure onContentLength(std::string_view value) noexcept;
    ParseFailure onTransferEncoding(std::string_view value) noexcept;
    void onConnection(std::string_view value) noexcept;
    void onExpect(std::string_view value) noexcept;
    ParseFailure finishHead() noexcept;
    ParseStep parseBody(char* data, std::size_t& size) noexcept;
    ParseStep fail(ParseFailure failure) noexcept;

    ParserLimits _limits;
    Stage _stage = Stage::RequestLine;
    std::size_t _position = 0;     ///< where the line being read begins; after the head, its size
    std::size_t _scan = 0;         ///< no line feed in [_position, _scan)
    std::size_t _sectionStart = 0; ///< of the header section
    std::size_t _consumed = 0;
    std::uint64_t _contentLength = 0;
    std::uint64_t _bodyLimit = 0;
    bool _skippedEmptyLine = false;
    bool _sawHost = false;
    bool _sawLength = false;
    bool _sawCoding = false;
    bool _sawUnknownCoding = false;
    bool _isChunked = false;
    bool _sawClose = false;
    bool _sawKeepAlive = false;
    bool _expectsContinue = false;
    bool _hasUnknownExpectation = false;
    ParseFailure _failure;
    ChunkedDecoder _chunks;
    std::vector<HeaderField> _fields;
    Request _request;
};

} // namespace zoco::host
