#include "Packer.h"

#include <cstring>
#include <limits>
#include <stdexcept>

namespace zoco::host
{

Packer::Packer(std::uint32_t type, std::uint64_t id, std::size_t sizeHint)
{
    _out.reserve(sizeHint);
    _out.assign(kLengthBytes, '\0');
    number(type).number(id);
}

void Packer::bigEndian(std::uint64_t n, int bytes)
{
    char raw[8];
    for (int i = 0; i < bytes; ++i) raw[i] = static_cast<char>(n >> (8 * (bytes - 1 - i)));
    _out.append(raw, static_cast<std::size_t>(bytes));
}

Packer& Packer::nil()
{
    byte(0xc0);
    return *this;
}

Packer& Packer::boolean(bool b)
{
    byte(b ? 0xc3 : 0xc2);
    return *this;
}

Packer& Packer::number(std::uint64_t n)
{
    if (n < 0x80)
        byte(static_cast<unsigned>(n));
    else if (n <= 0xff)
        byte(0xcc), bigEndian(n, 1);
    else if (n <= 0xffff)
        byte(0xcd), bigEndian(n, 2);
    else if (n <= 0xffffffff)
        byte(0xce), bigEndian(n, 4);
    else
        byte(0xcf), bigEndian(n, 8);
    return *this;
}

Packer& Packer::integer(std::int64_t i)
{
    if (i >= 0) return number(static_cast<std::uint64_t>(i));
    if (i >= -32)
        byte(static_cast<unsigned>(i) & 0xff);
    else if (i >= std::numeric_limits<std::int8_t>::min())
        byte(0xd0), bigEndian(static_cast<std::uint64_t>(i), 1);
    else if (i >= std::numeric_limits<std::int16_t>::min())
        byte(0xd1), bigEndian(static_cast<std::uint64_t>(i), 2);
    else if (i >= std::numeric_limits<std::int32_t>::min())
        byte(0xd2), bigEndian(static_cast<std::uint64_t>(i), 4);
    else
        byte(0xd3), bigEndian(static_cast<std::uint64_t>(i), 8);
    return *this;
}

Packer& Packer::real(double d)
{
    std::uint64_t raw = 0;
    std::memcpy(&raw, &d, sizeof raw);
    byte(0xcb);
    bigEndian(raw, 8);
    return *this;
}

/// `head8` is the type's byte for a length of 8 bits; those for 16 and 32 bits follow it.
void Packer::blockHead(std::size_t size, unsigned head8)
{
    if (size <= 0xff)
        byte(head8), bigEndian(size, 1);
    else if (size <= 0xffff)
        byte(head8 + 1), bigEndian(size, 2);
    else
        byte(head8 + 2), bigEndian(size, 4);
}

Packer& Packer::text(std::string_view s)
{
    if (s.size() < 32)
        byte(0xa0u | static_cast<unsigned>(s.size()));
    else
        blockHead(s.size(), 0xd9);
    _out.append(s);
    return *this;
}

Packer& Packer::bytes(std::string_view b)
{
    blockHead(b.size(), 0xc4);
    _out.append(b);
    return *this;
}

Packer& Packer::time(std::int64_t micros)
{
    byte(0xd7);
    byte(static_cast<std::uint8_t>(kTimeExtension));
    bigEndian(static_cast<std::uint64_t>(micros), 8);
    return *this;
}

void Packer::reference(std::uint32_t step, std::string_view column)
{
    blockHead(4 + column.size(), 0xc7);
    byte(static_cast<std::uint8_t>(kReferenceExtension));
    bigEndian(step, 4);
    _out.append(column);
}

Packer& Packer::list(std::size_t count)
{
    if (count < 16)
        byte(0x90u | static_cast<unsigned>(count));
    else if (count <= 0xffff)
        byte(0xdc), bigEndian(count, 2);
    else
        byte(0xdd), bigEndian(count, 4);
    return *this;
}

Packer& Packer::value(const zoco_value& v)
{
    const auto block = [&] { return std::string_view(static_cast<const char*>(v.as.b.data), v.as.b.size); };
    switch (v.kind)
    {
    case ZOCO_BOOL:
        return boolean(v.as.i != 0);
    case ZOCO_INT:
        return integer(v.as.i);
    case ZOCO_REAL:
        return real(v.as.d);
    case ZOCO_TEXT:
        return text(block());
    case ZOCO_BLOB:
        return bytes(block());
    case ZOCO_TIME:
        return time(v.as.i);
    case ZOCO_LIST:
        return values(v.as.list, v.aux);
    case ZOCO_REF:
        reference(v.aux, block());
        return *this;
    default:
        return nil();
    }
}

Packer& Packer::values(const zoco_value* v, std::size_t count)
{
    list(count);
    for (std::size_t i = 0; i < count; ++i) value(v[i]);
    return *this;
}

Packer& Packer::pairs(const zoco_pair* p, std::size_t count)
{
    list(count);
    for (std::size_t i = 0; i < count; ++i) text(p[i].name).text(p[i].value);
    return *this;
}

std::string Packer::finish()
{
    const auto length = _out.size() - kLengthBytes;
    if (length > std::numeric_limits<std::uint32_t>::max()) throw std::length_error("a frame is too long");
    for (std::size_t i = 0; i < kLengthBytes; ++i) _out[i] = static_cast<char>(length >> (8 * (kLengthBytes - 1 - i)));
    return std::move(_out);
}

} // namespace zoco::host
