#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pagos
{

/// The first field of that name in application/x-www-form-urlencoded; empty when there is none.
std::string formField(std::string_view form, std::string_view name);

/// Fields as application/x-www-form-urlencoded, also for the query of an address.
std::string formOf(const std::vector<std::pair<std::string, std::string>>& fields);

/// Text for HTML, also within quoted attributes.
std::string escaped(std::string_view text);

} // namespace pagos
