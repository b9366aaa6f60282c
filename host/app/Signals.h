#pragma once

#include <chrono>

namespace zoco::host
{

/// Blocks the signals that end or steer the program, so that only waitForSignal takes them. First thing in main, before
/// any thread exists (threads inherit it). SIGPIPE is ignored.
void blockSignals() noexcept;

/// Lets them have their usual effect again: for a command that runs in the terminal and has nothing to end in order.
void unblockSignals() noexcept;

/// The next of SIGTERM, SIGINT and SIGHUP; 0 when none came within the time.
int waitForSignal(std::chrono::milliseconds time) noexcept;
/// The same, however long it takes.
int waitForSignal() noexcept;

} // namespace zoco::host
