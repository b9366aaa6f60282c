#pragma once

#include "zoco/abi/http.h"

#include <cstdint>
#include <deque>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// A peer sent bytes that are no frame of ours: whoever reads it ends the connection.
class MalformedFrame : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Keeps the elements of unpacked lists.
using ValueLists = std::deque<std::vector<zoco_value>>;

/// Reads a frame's payload. Every read is checked against the payload's end and throws MalformedFrame; text and bytes
/// are views into the payload.
class Unpacker
{
public:
    explicit Unpacker(std::string_view payload);

    std::uint32_t type() const noexcept { return _type; }
    std::uint64_t id() const noexcept { return _id; }
    bool isAtEnd() const noexcept { return _rest.empty(); }

    bool boolean();
    std::int64_t integer();
    /// Not negative, and at most `max`.
    std::uint64_t number(std::uint64_t max = UINT64_MAX);
    double real();
    std::string_view text();
    std::string string() { return std::string(text()); }
    zoco_str str();
    std::string_view bytes();
    /// The length of a list whose elements follow. Each takes a byte or more, so a list cannot be longer than the rest.
    std::size_t list();
    /// `lists` keeps the elements of lists, which may be nested 8 deep.
    zoco_value value(ValueLists& lists);
    void values(std::vector<zoco_value>& out, ValueLists& lists);
    void fields(std::vector<zoco_field>& out, ValueLists& lists);
    void pairs(std::vector<zoco_pair>& out);

private:
    std::uint8_t byte();
    std::uint64_t bigEndian(int bytes);
    std::string_view take(std::size_t size);
    std::string_view block(std::uint8_t head, std::uint8_t head8);
    zoco_value valueOf(std::uint8_t head, ValueLists& lists, int depth);
    zoco_value extension(std::uint8_t head);
    zoco_value listOf(std::size_t count, ValueLists& lists, int depth);
    std::size_t listSize(std::uint8_t head);
    std::int64_t integerOf(std::uint8_t head);
    double realOf();

    std::string_view _rest;
    std::uint32_t _type = 0;
    std::uint64_t _id = 0;
};

} // namespace zoco::host
