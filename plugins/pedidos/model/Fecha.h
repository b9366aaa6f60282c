#pragma once

#include <cstdint>
#include <string>

namespace pedidos
{

/// A day of the calendar. A value.
struct Fecha
{
    int anio = 0;
    int mes = 0; ///< from 1
    int dia = 0; ///< from 1
    bool operator==(const Fecha&) const = default;
};

/// The day in mainland Spain at a time in microseconds UTC: Central European Time, with summer time as Directive
/// 2000/84/EC has it. So an invoice of the last night of a year belongs to the year that its date says, wherever the
/// program runs.
Fecha fechaDe(std::int64_t timeUs) noexcept;

/// "29/11/2026", and in English "29 November 2026".
std::string textoDe(const Fecha& fecha, bool isEnglish = false);

} // namespace pedidos
