#pragma once

#include <chrono>
#include <thread>

namespace zoco::test
{

/// Asks a condition again and again until it holds; false when the deadline passed first. For what another thread or
/// process brings about; a test that waits for nothing else needs no sleep.
template <class Condition>
bool eventually(Condition&& condition, std::chrono::milliseconds deadline = std::chrono::seconds(20))
{
    const auto end = std::chrono::steady_clock::now() + deadline;
    auto pause = std::chrono::microseconds(100);
    while (!condition())
    {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(pause);
        if (pause < std::chrono::milliseconds(10)) pause *= 2;
    }
    return true;
}

} // namespace zoco::test
