#pragma once

#include "zoco/abi/http.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace zoco::host
{

/// Writes one frame: a length of four bytes (big-endian), then MessagePack values one after the other. Beside the
/// standard types it uses two extension types: 1 = a time in microseconds, 2 = a reference in an atomic group.
class Packer
{
public:
    static constexpr std::size_t kLengthBytes = 4;
    static constexpr std::int8_t kTimeExtension = 1;
    static constexpr std::int8_t kReferenceExtension = 2;

    /// Begins with the frame's type and the number it belongs to.
    Packer(std::uint32_t type, std::uint64_t id, std::size_t sizeHint = 256);

    Packer& nil();
    Packer& boolean(bool b);
    Packer& integer(std::int64_t i);
    Packer& number(std::uint64_t n);
    Packer& real(double d);
    Packer& text(std::string_view s);
    Packer& text(zoco_str s) { return text(std::string_view(s.data == nullptr ? "" : s.data, s.size)); }
    Packer& bytes(std::string_view b);
    Packer& time(std::int64_t micros);
    /// So many values follow as the elements of a list.
    Packer& list(std::size_t count);
    Packer& value(const zoco_value& v);
    Packer& values(const zoco_value* v, std::size_t count);
    Packer& pairs(const zoco_pair* p, std::size_t count);

    std::size_t size() const noexcept { return _out.size(); }
    /// The frame. Throws std::length_error when it is too long for its length field.
    std::string finish();

private:
    void byte(unsigned b) { _out.push_back(static_cast<char>(b)); }
    void bigEndian(std::uint64_t n, int bytes);
    void blockHead(std::size_t size, unsigned head8);
    void reference(std::uint32_t step, std::string_view column);

    std::string _out;
};

} // namespace zoco::host
