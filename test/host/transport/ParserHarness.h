#pragma once

#include "transport/ParseTypes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host::test
{

/// What a parser made of a stream of bytes. Equal for every way of cutting the stream into pieces.
struct Outcome
{
    std::vector<std::string> requests; ///< each one in full, as text
    int status = 0;                    ///< of the refusal that ended it; 0: none
    std::string slug;
    std::size_t unread = 0; ///< bytes after the last whole request, when nothing was refused

    bool operator==(const Outcome&) const = default;
    std::string text() const;
};

struct HarnessSettings
{
    ParserLimits limits;
    std::uint64_t bodyLimit = 1000;
};

/// Feeds the stream in pieces that end at `cuts` (rising, within the stream). Before each piece the buffer moves to a
/// new one of exactly the size needed, so that a stale view or a read too far is found by the address sanitizer.
Outcome parseInPieces(std::string_view stream, const std::vector<std::size_t>& cuts,
                      const HarnessSettings& settings = {});

/// The stream at once.
Outcome parseWhole(std::string_view stream, const HarnessSettings& settings = {});

/// Every way of cutting the stream in two, and byte by byte; empty when each has `expected` as its outcome, else what
/// differs.
std::string differenceWhenCut(std::string_view stream, const Outcome& expected, const HarnessSettings& settings = {});

} // namespace zoco::host::test
