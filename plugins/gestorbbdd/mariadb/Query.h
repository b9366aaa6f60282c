#pragma once

#include "Connection.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd::mariadb
{

/// A row of a query of our own, each column as text.
using TextRow = std::vector<std::string>;

/// Runs a query or a change of our own; `values` are bound as text in their order.
std::vector<TextRow> query(Connection& connection, std::string_view sql,
                           std::initializer_list<std::string_view> values = {});

} // namespace zoco::gestorbbdd::mariadb
