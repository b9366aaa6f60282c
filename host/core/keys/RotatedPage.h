#pragma once

#include <cstdint>
#include <string>

namespace zoco::host
{

/// What a page of a rotator said. A value.
struct RotatedPage
{
    bool isOver = false;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::string cursor{};
};

} // namespace zoco::host
