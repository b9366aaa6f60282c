#pragma once

#include <string>
#include <string_view>

namespace pedidos
{

/// What is wrong with an address that is to be told of orders; empty: nothing. It is https; with `areLocal` it may also
/// be http of this machine itself, by its number.
std::string faultOfDestino(std::string_view url, bool areLocal);

/// Whether it is http of this machine itself.
bool isLocal(std::string_view url) noexcept;

} // namespace pedidos
