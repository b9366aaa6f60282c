#pragma once

#include "Record.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace catalogo
{

/// Bytes of a file, or of memory. One use, one thread.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    /// Fills up to `size` bytes; 0 at the end. Throws std::system_error when it cannot be read.
    virtual std::size_t read(char* out, std::size_t size) = 0;
    /// Bytes in all, as far as known, for the progress bar.
    virtual std::uint64_t size() const = 0;
};

/// Reads a source byte by byte through a buffer and knows the position. A byte order mark at the beginning is skipped.
class CharStream
{
public:
    static constexpr int kEnd = -1;

    explicit CharStream(ByteSource& source);

    /// The next byte as 0 to 255, or kEnd.
    int peek() const noexcept { return _next < _end ? static_cast<unsigned char>(_buffer[_next]) : kEnd; }
    int take();
    Position position() const noexcept { return _position; }
    std::uint64_t bytesTaken() const noexcept { return _taken; }
    /// What is in the buffer now: at the start at least 64 KiB or everything.
    std::string_view ahead() const noexcept { return std::string_view(_buffer).substr(_next, _end - _next); }

private:
    void fill();
    void advance(int byte) noexcept;

    ByteSource& _source;
    std::string _buffer;
    std::size_t _next = 0;
    std::size_t _end = 0;
    std::uint64_t _taken = 0;
    Position _position;
};

} // namespace catalogo
