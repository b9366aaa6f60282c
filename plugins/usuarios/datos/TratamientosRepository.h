#pragma once

#include "zoco/Events.h"
#include "zoco/Services.h"

#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// What a plugin keeps about people.
struct Tratamiento
{
    std::string extension; ///< the plugin's id
    std::string usos;      ///< JSON: an array of {datos, finalidad, base, plazo, idioma}
    std::string usosEn;    ///< the same for who reads English

    /// `idioma`: "es" or "en".
    const std::string& readIn(std::string_view idioma) const { return idioma == "en" ? usosEn : usos; }
};

/// What plugins told that they keep about people: tratamientos.sql. [any-thread]
class TratamientosRepository
{
public:
    explicit TratamientosRepository(const zoco::Service& data);

    /// Writes down what an event of the topic zoco.personal-data.uses tells. Throws ProblemException when it cannot.
    void take(const zoco::Event& event) const;
    zoco::Result<std::vector<Tratamiento>> all(const zoco::CallContext& context) const;

private:
    const zoco::Service& _data;
    zoco::Operation _note, _all;
};

} // namespace usuarios
