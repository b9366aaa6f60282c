#pragma once

#include "zoco/Http.h"

#include <initializer_list>
#include <optional>
#include <string_view>

namespace catalogo
{

/// The 415 for a body that is of none of these media types; parameters such as charset do not count.
std::optional<zoco::Problem> faultOfContentType(const zoco::Request& request,
                                                std::initializer_list<std::string_view> accepted);

} // namespace catalogo
