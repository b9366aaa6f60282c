#include "Borrado.h"

#include "zoco/PersonalData.h"

namespace usuarios
{

void addBorrado(zoco::Group& group, const Entorno& e, const Usuario& user, std::string_view actor)
{
    e.cierre.addEndOthers(group, user.id, "");
    e.fichas.addRemoveAllOf(group, user.id);
    e.fichas.addRemoveChangesOf(group, user.id);
    e.perfil.addRemoveAll(group, user.id);
    e.usuarios.addForgetKnown(group, user.id);
    e.externos.addRemoveAllOf(group, user.id);
    const auto correo = group.keep(e.crypto.seal(user.correo, zoco::kPersonalDataContext));
    zoco::Outbox(e.data, e.crypto)
        .add(group, zoco::kPersonalDataErase, {{"usuario", user.id}, {"correo", zoco::Value::blob(correo)}});
    e.auditoria.add(group, {std::string(actor), "cuenta-borrada", user.id, ""});
}

} // namespace usuarios
