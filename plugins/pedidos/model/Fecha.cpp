#include "Fecha.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace pedidos
{

namespace
{

using namespace std::chrono;

/// When summer time begins or ends: one in the morning, UTC, of the last Sunday of a month.
sys_seconds lastSunday(year y, month m) noexcept { return sys_days(y / m / Sunday[last]) + hours(1); }

} // namespace

Fecha fechaDe(std::int64_t timeUs) noexcept
{
    const auto time = floor<seconds>(sys_time<microseconds>(microseconds(timeUs)));
    const auto y = year_month_day(floor<days>(time)).year();
    const bool isSummer = time >= lastSunday(y, March) && time < lastSunday(y, October);
    const year_month_day day(floor<days>(time + hours(isSummer ? 2 : 1)));
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

std::string textoDe(const Fecha& fecha, bool isEnglish)
{
    constexpr std::array kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                    "July",    "August",   "September", "October", "November", "December"};
    if (isEnglish)
        return std::to_string(fecha.dia) + ' ' + kMonths[static_cast<std::size_t>(fecha.mes - 1)] + ' ' +
               std::to_string(fecha.anio);
    char out[32];
    const auto size = std::snprintf(out, sizeof out, "%02d/%02d/%d", fecha.dia, fecha.mes, fecha.anio);
    return {out, static_cast<std::size_t>(size)};
}

} // namespace pedidos
