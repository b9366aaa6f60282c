#pragma once

#include <chrono>
#include <functional>
#include <string>

namespace zoco::host
{

struct ChildResult
{
    std::string output; ///< what the body returned
    std::string fault;  ///< why there is none, such as "it crashed (SIGSEGV)" or "it did not finish within 15000 ms"
};

/// Runs the body in a forked child and brings back the text it returns. What the body prints is thrown away. A child
/// that crashes, exits or hangs is told as such and ended. To be called while this process has one thread.
ChildResult runChild(std::chrono::milliseconds deadline, const std::function<std::string()>& body);

} // namespace zoco::host
