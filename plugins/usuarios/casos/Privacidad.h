#pragma once

#include "Entorno.h"
#include "privacidad/Recogida.h"
#include "zoco/PersonalData.h"

#include <string>
#include <vector>

namespace usuarios
{

/// What this plugin itself keeps about people, for those who ask (zoco/PersonalData.h). [any-thread]
class DatosPropios
{
public:
    explicit DatosPropios(const Entorno& e) : _e(e) {}

    std::vector<zoco::PersonalRecords> exported(const zoco::DataSubject& subject) const;
    /// The account itself is gone by then; what stays is the audit log.
    std::string erased(const zoco::DataSubject& subject) const;

private:
    const Entorno& _e;
};

/// The archive that somebody gets: an index that says what is kept and why and who did not answer, and every record as
/// JSON and as CSV. `idioma` of that index: "es" or "en".
std::string archiveOf(const Recogido& gathered, std::string_view idioma, std::int64_t nowUs);

} // namespace usuarios
