#pragma once

#include <cstddef>
#include <string_view>

namespace zoco::host
{

/// Bounds on what a client may make us keep or look at.
struct ParserLimits
{
    std::size_t requestLine = 8192;     ///< bytes; more is 414
    std::size_t headerBytes = 32768;    ///< the header section; more is 431
    std::size_t headerFields = 100;     ///< more is 431
    std::size_t chunkLine = 256;        ///< a chunk's size with its extensions
    std::size_t chunkExtensions = 4096; ///< extensions of all chunks of one body
    std::size_t trailerBytes = 4096;
    std::size_t trailerFields = 32;
};

/// Why a request is refused: status and a stable word. Empty slug = not refused.
struct ParseFailure
{
    int status = 0;
    std::string_view slug;

    explicit operator bool() const noexcept { return status != 0; }
};

/// What one call of the parser came to.
enum class ParseStep
{
    NeedMore = 1,    ///< feed more bytes
    HeadComplete,    ///< once per request: decide about the body, then call again
    RequestComplete, ///< request().body is set, consumed() tells where the next request begins
    Failed,          ///< failure() tells why; the connection can only be closed
};

} // namespace zoco::host
