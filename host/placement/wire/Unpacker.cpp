#include "Unpacker.h"

#include "Packer.h"

#include <cstring>

namespace zoco::host
{

namespace
{

constexpr int kDepth = 8;
constexpr std::size_t kListElements = 1'000'000; ///< of one list: an element is larger here than in the frame

bool isText(std::uint8_t head) { return (head & 0xe0) == 0xa0 || (head >= 0xd9 && head <= 0xdb); }
bool isBytes(std::uint8_t head) { return head >= 0xc4 && head <= 0xc6; }
bool isList(std::uint8_t head) { return (head & 0xf0) == 0x90 || head == 0xdc || head == 0xdd; }
bool isExtension(std::uint8_t head) { return (head >= 0xc7 && head <= 0xc9) || head == 0xd7; }

zoco_value blockValue(std::uint32_t kind, std::uint32_t aux, std::string_view bytes)
{
    zoco_value out{kind, aux, {0}};
    out.as.b = {bytes.data(), bytes.size()};
    return out;
}

} // namespace

Unpacker::Unpacker(std::string_view payload) : _rest(payload)
{
    _type = static_cast<std::uint32_t>(number(0xffff));
    _id = number();
}

std::string_view Unpacker::take(std::size_t size)
{
    if (size > _rest.size()) throw MalformedFrame("a frame ends within a value");
    const auto out = _rest.substr(0, size);
    _rest.remove_prefix(size);
    return out;
}

std::uint8_t Unpacker::byte() { return static_cast<std::uint8_t>(take(1)[0]); }

std::uint64_t Unpacker::bigEndian(int bytes)
{
    std::uint64_t out = 0;
    for (const char c : take(static_cast<std::size_t>(bytes))) out = out << 8 | static_cast<std::uint8_t>(c);
    return out;
}

bool Unpacker::boolean()
{
    const auto head = byte();
    if (head != 0xc2 && head != 0xc3) throw MalformedFrame("no boolean where one must be");
    return head == 0xc3;
}

std::int64_t Unpacker::integerOf(std::uint8_t head)
{
    if (head < 0x80) return head;
    if (head >= 0xe0) return static_cast<std::int8_t>(head);
    switch (head)
    {
    case 0xcc:
        return static_cast<std::int64_t>(bigEndian(1));
    case 0xcd:
        return static_cast<std::int64_t>(bigEndian(2));
    case 0xce:
        return static_cast<std::int64_t>(bigEndian(4));
    case 0xcf:
    case 0xd3:
        return static_cast<std::int64_t>(bigEndian(8));
    case 0xd0:
        return static_cast<std::int8_t>(bigEndian(1));
    case 0xd1:
        return static_cast<std::int16_t>(bigEndian(2));
    case 0xd2:
        return static_cast<std::int32_t>(bigEndian(4));
    default:
        throw MalformedFrame("no integer where one must be");
    }
}

double Unpacker::realOf()
{
    const auto raw = bigEndian(8);
    double out = 0;
    std::memcpy(&out, &raw, sizeof out);
    return out;
}

double Unpacker::real()
{
    if (byte() != 0xcb) throw MalformedFrame("no real number where one must be");
    return realOf();
}

std::int64_t Unpacker::integer() { return integerOf(byte()); }

std::uint64_t Unpacker::number(std::uint64_t max)
{
    const auto head = byte();
    const auto raw = integerOf(head);
    const auto out = static_cast<std::uint64_t>(raw);
    if ((raw < 0 && head != 0xcf) || out > max) throw MalformedFrame("a number is out of its range");
    return out;
}

std::string_view Unpacker::block(std::uint8_t head, std::uint8_t head8) { return take(bigEndian(1 << (head - head8))); }

std::string_view Unpacker::text()
{
    const auto head = byte();
    if (!isText(head)) throw MalformedFrame("no text where one must be");
    return (head & 0xe0) == 0xa0 ? take(head & 0x1f) : block(head, 0xd9);
}

zoco_str Unpacker::str()
{
    const auto s = text();
    return {s.data(), s.size()};
}

std::string_view Unpacker::bytes()
{
    const auto head = byte();
    if (!isBytes(head)) throw MalformedFrame("no bytes where some must be");
    return block(head, 0xc4);
}

std::size_t Unpacker::listSize(std::uint8_t head)
{
    const auto count = (head & 0xf0) == 0x90 ? head & 0x0fu : bigEndian(head == 0xdc ? 2 : 4);
    if (count > _rest.size() || count > kListElements) throw MalformedFrame("a list is longer than its frame allows");
    return count;
}

std::size_t Unpacker::list()
{
    const auto head = byte();
    if (!isList(head)) throw MalformedFrame("no list where one must be");
    return listSize(head);
}

zoco_value Unpacker::extension(std::uint8_t head)
{
    const auto size = head == 0xd7 ? 8 : bigEndian(1 << (head - 0xc7));
    const auto type = static_cast<std::int8_t>(byte());
    if (type == Packer::kTimeExtension && size == 8)
    {
        zoco_value out{ZOCO_TIME, 0, {0}};
        out.as.i = static_cast<std::int64_t>(bigEndian(8));
        return out;
    }
    if (type != Packer::kReferenceExtension || size < 4) throw MalformedFrame("an unknown extension type");
    const auto step = static_cast<std::uint32_t>(bigEndian(4));
    return blockValue(ZOCO_REF, step, take(size - 4));
}

zoco_value Unpacker::listOf(std::size_t count, ValueLists& lists, int depth)
{
    if (depth >= kDepth) throw MalformedFrame("lists are nested too deep");
    auto& elements = lists.emplace_back();
    elements.reserve(count);
    for (std::size_t i = 0; i < count; ++i) elements.push_back(valueOf(byte(), lists, depth + 1));
    zoco_value out{ZOCO_LIST, static_cast<std::uint32_t>(count), {0}};
    out.as.list = elements.data();
    return out;
}

zoco_value Unpacker::valueOf(std::uint8_t head, ValueLists& lists, int depth)
{
    zoco_value out{ZOCO_NULL, 0, {0}};
    if (head == 0xc0) return out;
    if (isText(head)) return blockValue(ZOCO_TEXT, 0, (head & 0xe0) == 0xa0 ? take(head & 0x1f) : block(head, 0xd9));
    if (isBytes(head)) return blockValue(ZOCO_BLOB, 0, block(head, 0xc4));
    if (isList(head)) return listOf(listSize(head), lists, depth);
    if (isExtension(head)) return extension(head);
    if (head == 0xcb)
    {
        out.kind = ZOCO_REAL;
        out.as.d = realOf();
        return out;
    }
    const bool isBool = head == 0xc2 || head == 0xc3;
    out.kind = isBool ? ZOCO_BOOL : ZOCO_INT;
    out.as.i = isBool ? head - 0xc2 : integerOf(head);
    return out;
}

zoco_value Unpacker::value(ValueLists& lists) { return valueOf(byte(), lists, 0); }

void Unpacker::fields(std::vector<zoco_field>& out, ValueLists& lists)
{
    out.clear();
    for (auto left = list(); left > 0; --left)
    {
        const auto name = str();
        out.push_back({name, value(lists)});
    }
}

void Unpacker::values(std::vector<zoco_value>& out, ValueLists& lists)
{
    out.clear();
    for (auto left = list(); left > 0; --left) out.push_back(value(lists));
}

void Unpacker::pairs(std::vector<zoco_pair>& out)
{
    out.clear();
    for (auto left = list(); left > 0; --left)
    {
        const auto name = str();
        out.push_back({name, str()});
    }
}

} // namespace zoco::host
