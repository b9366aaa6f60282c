#pragma once

#include "zoco/Crypto.h"
#include "zoco/Services.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// How many tries are free, how long the next ones wait (doubled each time), and at most. Microseconds.
struct Freno
{
    std::int64_t libres = 0;
    std::int64_t primera = 0;
    std::int64_t tope = 0;
};

/// Something that tries are counted for, such as an address.
struct Contador
{
    std::string clave; ///< in clear; stored as a blind index
    Freno freno;
};

/// Counts tries in the data service, so that all nodes see one count: intentos.sql. A try counts as failed from its
/// beginning on, until it is given back; so many at once are not more than the free ones. [any-thread]
class IntentosRepository
{
public:
    IntentosRepository(const zoco::Service& data, const zoco::Crypto& crypto);

    /// Begins a try under all counters, or under none of them: then the microseconds to wait.
    zoco::Result<std::optional<std::int64_t>> take(const zoco::CallContext& context,
                                                   const std::vector<Contador>& counters, std::int64_t now) const;
    /// The try succeeded: it counts no longer.
    void addGiveBack(zoco::Group& group, std::string_view clave) const;
    /// None of the tries counts any longer.
    void addForget(zoco::Group& group, std::string_view clave) const;

private:
    std::string indexOf(std::string_view clave) const { return _crypto.blindIndex("usuarios_intentos.clave", clave); }

    const zoco::Service& _data;
    const zoco::Crypto& _crypto;
    zoco::Operation _open, _take, _until, _giveBack, _forget;
};

} // namespace usuarios
