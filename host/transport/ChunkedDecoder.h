#pragma once

#include "ParseTypes.h"

#include <cstdint>

namespace zoco::host
{

/// Decodes a chunked body (RFC 9112 section 7.1) where it lies: data moves left over the chunk lines, so that the body
/// ends up contiguous. Trailers are checked, bounded and dropped. A value; owned by one parser.
class ChunkedDecoder
{
public:
    /// Starts a body whose first byte is (or will be) at offset `begin`.
    void start(std::size_t begin, std::uint64_t bodyLimit) noexcept;

    /// Decodes what is there. Bytes between the decoded body and the undecoded rest are cut out (`size` shrinks)
    /// unless the body is complete. RequestComplete, NeedMore or Failed.
    ParseStep decode(char* data, std::size_t& size, const ParserLimits& limits, ParseFailure& failure) noexcept;

    /// End of the decoded body, and of the encoded one (where the next request begins).
    std::size_t bodyEnd() const noexcept { return _out; }
    std::size_t consumed() const noexcept { return _in; }

private:
    enum class State
    {
        Size = 1,
        Data,
        DataEnd,
        Trailer,
        Done,
    };

    bool decodeLine(char* data, std::size_t size, const ParserLimits& limits, ParseFailure& failure) noexcept;
    bool decodeData(char* data, std::size_t size, ParseFailure& failure) noexcept;
    ParseFailure onSizeLine(std::string_view line, const ParserLimits& limits) noexcept;
    ParseFailure onTrailerLine(std::string_view line, const ParserLimits& limits) noexcept;

    State _state = State::Size;
    std::size_t _begin = 0;
    std::size_t _in = 0;
    std::size_t _out = 0;
    std::size_t _scan = 0; ///< no line feed in [_in, _scan)
    std::uint64_t _chunkLeft = 0;
    std::uint64_t _bodyLimit = 0;
    std::size_t _extensionBytes = 0;
    std::size_t _trailerBytes = 0;
    std::size_t _trailerFields = 0;
};

} // namespace zoco::host
