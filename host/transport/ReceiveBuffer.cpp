#include "ReceiveBuffer.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{
constexpr std::size_t kFirst = 8 * 1024;
constexpr std::size_t kMinimumRoom = 1024;
constexpr std::size_t kStep = 64 * 1024; ///< that a read of what is known to come finds room for
} // namespace

std::size_t ReceiveBuffer::wantedFor(std::size_t missing) const noexcept
{
    if (missing == 0) return freeSize() >= kMinimumRoom ? _capacity : size + std::max(size, kMinimumRoom);
    if (freeSize() >= std::min(missing, kStep)) return _capacity;
    return size + std::clamp(missing, kMinimumRoom, std::max(size, kStep));
}

std::size_t ReceiveBuffer::capacityFor(std::size_t wanted) const noexcept
{
    return std::max({kFirst, wanted, _capacity});
}

void ReceiveBuffer::reserve(std::size_t wanted)
{
    const auto larger = capacityFor(wanted);
    if (larger == _capacity) return;
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
