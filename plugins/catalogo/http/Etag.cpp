#include "Etag.h"

#include "text/Utf8.h"

#include <cstdint>
#include <cstring>

namespace catalogo
{

namespace
{

std::string_view opaque(std::string_view tag) noexcept
{
    tag = trimmed(tag);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag;
}

/// 64 bits over eight bytes at a time: tells versions of one answer apart, nothing more.
std::uint64_t mix(std::string_view text) noexcept
{
    std::uint64_t out = 0x9E3779B97F4A7C15u ^ text.size();
    for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 8)))
    {
        std::uint64_t part = 0;
        std::memcpy(&part, text.data(), std::min<std::size_t>(text.size(), 8));
        out = (out ^ part) * 0xFF51AFD7ED558CCDu;
        out ^= out >> 32;
    }
    return out;
}

} // namespace

std::string etagOf(std::string_view body)
{
    constexpr char kHex[] = "0123456789abcdef";
    std::string out = "W/\"";
    auto sum = mix(body);
    for (int i = 0; i < 16; ++i, sum >>= 4) out += kHex[sum & 15];
    return out += '"';
}

bool isCurrent(const zoco::Request& request, std::string_view etag)
{
    auto tags = request.header("If-None-Match");
    while (!tags.empty())
    {
        const auto end = std::min(tags.find(','), tags.size());
        const auto tag = opaque(tags.substr(0, end));
        if (tag == "*" || tag == opaque(etag)) return true;
        tags.remove_prefix(std::min(end + 1, tags.size()));
    }
    return false;
}

zoco::Reply revalidated(const zoco::Request& request, std::string json)
{
    const auto etag = etagOf(json);
    if (isCurrent(request, etag)) return zoco::Reply::empty(304).header("ETag", etag);
    return zoco::Reply::json(std::move(json)).header("ETag", etag);
}

} // namespace catalogo
