#pragma once

#include <cstdint>

namespace zoco::host
{

/// What an event loop calls when a descriptor has news. [loop]
class Watched
{
public:
    /// `events` as of epoll.
    virtual void onEvents(std::uint32_t events) noexcept = 0;

protected:
    ~Watched() = default;
};

} // namespace zoco::host
