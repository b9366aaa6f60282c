#include "ReceiveBuffer.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{
constexpr std::size_t kFirst = 8 * 1024;
constexpr std::size_t kKept = 64 * 1024;
} // namespace

void ReceiveBuffer::reserve(std::size_t capacity)
{
    if (capacity <= _capacity) return;
    const auto larger = std::max({kFirst, capacity, _capacity * 2});
    std::unique_ptr<char[]> moved(new char[larger]);
    if (size > 0) std::memcpy(moved.get(), _data.get(), size);
    parser.rebase(_data.get(), moved.get());
    _data.swap(moved);
    _capacity = larger;
}

void ReceiveBuffer::consume(std::size_t bytes) noexcept
{
    parser.reset();
    size -= bytes;
    if (size > 0) std::memmove(_data.get(), _data.get() + bytes, size);
}

void ReceiveBuffer::clear() noexcept
{
    parser.reset();
    size = 0;
    if (_capacity <= kKept) return;
    _data.reset();
    _capacity = 0;
}

} // namespace zoco::host
