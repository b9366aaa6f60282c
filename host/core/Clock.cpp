#include "Clock.h"

#include <chrono>
#include <cstring>
#include <ctime>
#include <limits>

namespace zoco::host
{

namespace
{

/// The last second that was formatted, per thread: most lines of a busy log share it.
struct Second
{
    std::int64_t value = std::numeric_limits<std::int64_t>::min(); ///< none
    char text[20];                                                 ///< "2026-01-31T09:05:07"
};

void twoDigits(char* at, int number)
{
    at[0] = static_cast<char>('0' + number / 10 % 10);
    at[1] = static_cast<char>('0' + number % 10);
}

void format(Second& second, std::int64_t value)
{
    const auto time = static_cast<std::time_t>(value);
    std::tm tm{};
    gmtime_r(&time, &tm);
    const int year = tm.tm_year + 1900;
    std::memcpy(second.text, "0000-00-00T00:00:00", sizeof second.text);
    twoDigits(second.text, year / 100);
    twoDigits(second.text + 2, year % 100);
    twoDigits(second.text + 5, tm.tm_mon + 1);
    twoDigits(second.text + 8, tm.tm_mday);
    twoDigits(second.text + 11, tm.tm_hour);
    twoDigits(second.text + 14, tm.tm_min);
    twoDigits(second.text + 17, tm.tm_sec);
    second.value = value;
}

} // namespace

std::int64_t steadyNs() noexcept
{
    using namespace std::chrono;
    return duration_cast<nanoseconds>(steady_clock::now().time_since_epoch()).count();
}

std::int64_t unixMicros() noexcept
{
    using namespace std::chrono;
    return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

void appendRfc3339(std::string& out, std::int64_t unixMicros)
{
    static thread_local Second second;
    auto micros = unixMicros % 1'000'000;
    auto value = unixMicros / 1'000'000;
    if (micros < 0)
    {
        micros += 1'000'000;
        --value;
    }
    if (second.value != value) format(second, value);
    out.append(second.text, 19);
    char fraction[8] = {'.', '0', '0', '0', '0', '0', '0', 'Z'};
    for (int i = 6; i > 0; --i, micros /= 10) fraction[i] = static_cast<char>('0' + micros % 10);
    out.append(fraction, sizeof fraction);
}

} // namespace zoco::host
