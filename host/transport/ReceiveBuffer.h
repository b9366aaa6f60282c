#pragma once

#include "RequestParser.h"

#include <cstddef>
#include <memory>

namespace zoco::host
{

/// Bytes received and not used up yet, with the parser that looks at them. Lent to a connection while it has input, so
/// that an idle connection costs neither. One thread at a time.
class ReceiveBuffer
{
public:
    explicit ReceiveBuffer(const ParserLimits& limits) : parser(limits) {}

    /// How large to make it before more is read, of which `missing` bytes are known to come (0: nobody knows): by
    /// doubling, when there is little room left, and not beyond what is known.
    std::size_t wantedFor(std::size_t missing) const noexcept;
    /// How large it would be after `reserve(wanted)`.
    std::size_t capacityFor(std::size_t wanted) const noexcept;
    /// Makes room for `wanted` bytes in all; views of the parser follow when the memory moves.
    void reserve(std::size_t wanted);
    /// Drops the request that was answered; what follows it moves to the front.
    void consume(std::size_t bytes) noexcept;
    /// Empty, and without memory that only one large request needed.
    void clear() noexcept;

    char* free() noexcept { return _data.get() + size; }
    std::size_t freeSize() const noexcept { return _capacity - size; }
    char* data() noexcept { return _data.get(); }

    /// Memory up to this size is kept when empty, and counts as a connection's own.
    static constexpr std::size_t kKept = 16 * 1024;

    RequestParser parser;
    std::size_t size = 0;

private:
    std::unique_ptr<char[]> _data;
    std::size_t _capacity = 0;
};

} // namespace zoco::host
