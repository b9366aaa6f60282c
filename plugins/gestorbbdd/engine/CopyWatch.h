#pragma once

#include <cstdint>
#include <functional>

namespace zoco::gestorbbdd
{

/// What watches long work on a whole database.
struct CopyWatch
{
    /// What is done of how much.
    std::function<void(std::uint64_t done, std::uint64_t total)> onProgress;
    /// True ends the work.
    std::function<bool()> isCancelled;
};

} // namespace zoco::gestorbbdd
