#include "Fecha.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace usuarios
{

namespace
{

using namespace std::chrono;

constexpr std::array<const char*, 12> kMeses = {"enero", "febrero", "marzo",      "abril",   "mayo",      "junio",
                                                "julio", "agosto",  "septiembre", "octubre", "noviembre", "diciembre"};
constexpr std::array<const char*, 12> kMonths = {"January", "February", "March",     "April",   "May",      "June",
                                                 "July",    "August",   "September", "October", "November", "December"};

/// Summer time is from the last Sunday of March to that of October, each at 01:00 UTC (Directive 2000/84/EC).
hours offsetOfMadrid(sys_seconds time)
{
    const auto year = year_month_day(floor<days>(time)).year();
    const auto begin = sys_days(year / March / Sunday[last]) + hours(1);
    const auto end = sys_days(year / October / Sunday[last]) + hours(1);
    return hours(time >= begin && time < end ? 2 : 1);
}

} // namespace

std::string readableTime(std::int64_t timeUs, std::string_view language)
{
    const auto utc = floor<seconds>(sys_time<microseconds>(microseconds(timeUs)));
    const auto local = utc + offsetOfMadrid(utc);
    const auto day = floor<days>(local);
    const year_month_day date(day);
    const hh_mm_ss clock(local - day);
    const bool isEnglish = language == "en";
    const auto month = static_cast<unsigned>(date.month()) - 1;
    char text[80];
    std::snprintf(
        text, sizeof text, isEnglish ? "%u %s %d, %d:%02d (Madrid time)" : "%u de %s de %d, %d:%02d (hora de Madrid)",
        static_cast<unsigned>(date.day()), isEnglish ? kMonths[month] : kMeses[month], static_cast<int>(date.year()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()));
    return text;
}

} // namespace usuarios
