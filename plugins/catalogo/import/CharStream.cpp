#include "CharStream.h"

namespace catalogo
{

namespace
{

constexpr std::size_t kBufferSize = 64 * 1024;

}

CharStream::CharStream(ByteSource& source) : _source(source), _buffer(kBufferSize, '\0')
{
    fill();
    if (ahead().starts_with("\xEF\xBB\xBF")) _next = 3;
    if (_next == _end) fill();
}

void CharStream::fill()
{
    _next = 0;
    _end = 0;
    while (_end < _buffer.size())
    {
        const auto count = _source.read(_buffer.data() + _end, _buffer.size() - _end);
        if (count == 0) break;
        _end += count;
    }
}

int CharStream::take()
{
    const int byte = peek();
    if (byte == kEnd) return kEnd;
    ++_next;
    ++_taken;
    if (_next == _end) fill();
    advance(byte);
    return byte;
}

/// A line ends with LF, CR or CR LF.
void CharStream::advance(int byte) noexcept
{
    if (byte == '\n' || (byte == '\r' && peek() != '\n'))
        _position = {_position.line + 1, 1};
    else if (byte != '\r' && (byte & 0xC0) != 0x80)
        ++_position.column;
}

} // namespace catalogo
