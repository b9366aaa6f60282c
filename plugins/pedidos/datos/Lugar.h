#pragma once

#include "zoco/Services.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace pedidos
{

/// A place in a list, the latest first. A value.
struct Lugar
{
    std::int64_t creado = 0; ///< microseconds UTC
    std::string id;
};

/// Such a place as the data service takes it; nothing: the list's beginning. The place outlives it.
class Detras
{
public:
    explicit Detras(const std::optional<Lugar>& place)
        : _isSaid(place.has_value()),
          _columns{place ? zoco::Value(place->creado) : zoco::Value(), place ? zoco::Value(place->id) : zoco::Value()}
    {
    }
    zoco::Value value() const { return _isSaid ? zoco::Value::list(_columns) : zoco::Value(); }

private:
    bool _isSaid;
    std::array<zoco::Value, 2> _columns;
};

} // namespace pedidos
