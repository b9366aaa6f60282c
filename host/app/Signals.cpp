#include "Signals.h"

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace zoco::host
{

namespace
{

sigset_t ours() noexcept
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    return set;
}

} // namespace

void blockSignals() noexcept
{
    const auto set = ours();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
}

void unblockSignals() noexcept
{
    const auto set = ours();
    pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

int waitForSignal(std::chrono::milliseconds time) noexcept
{
    const auto set = ours();
    const timespec limit{time.count() / 1000, time.count() % 1000 * 1'000'000};
    const int signal = sigtimedwait(&set, nullptr, &limit);
    return signal > 0 ? signal : 0;
}

int waitForSignal() noexcept
{
    const auto set = ours();
    int signal = 0;
    while (sigwait(&set, &signal) != 0)
    {
    }
    return signal;
}

} // namespace zoco::host
