#pragma once

#include "Check.h"

#include <span>

namespace zoco::host::trial
{

/// All checks, in the order in which they run: one stands behind what it comes `after`.
std::span<const Check> checkList() noexcept;

/// Null when there is none of this name.
const Check* findCheck(std::string_view name) noexcept;

} // namespace zoco::host::trial
