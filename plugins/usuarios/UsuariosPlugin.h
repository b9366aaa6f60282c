#pragma once

#include "ExternosHandlers.h"
#include "PerfilHandlers.h"
#include "PrivacidadHandlers.h"
#include "UsuariosHandlers.h"
#include "casos/Limpieza.h"
#include "casos/Sesiones.h"
#include "datos/Auditoria.h"
#include "datos/Rotacion.h"
#include "zoco/Plugin.h"

#include <optional>

namespace usuarios
{

/// Accounts, sessions and who asks (zoco.auth/1). Only wires: every part gets what it needs in its constructor.
class UsuariosPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override;
    void start(zoco::Host& host) override;

private:
    /// What needs the data service; made in start, in this order.
    struct Parts
    {
        Parts(zoco::Host& host, const Ajustes& ajustes);

        zoco::Service data;
        ClaveLane claves;
        UsuariosRepository usuarios;
        SesionesRepository sesiones;
        FichasRepository fichas;
        IntentosRepository intentos;
        PerfilRepository perfil;
        ExternosRepository externos;
        ConservacionRepository conservacion;
        TratamientosRepository tratamientos;
        Auditoria auditoria;
        Rotacion rotacion;
        zoco::MailOutbox mails;
        zoco::MailTexts cartero;
        Cierre cierre;
        zoco::AuditOutbox audit;
        Entorno entorno;
        Registro registro;
        Acceso acceso;
        Cuenta cuenta;
        Factor factor;
        Providers proveedores;
        Externos casosExternos;
        Recogida recogida;
        Invitados invitados;
        DatosPropios datosPropios;
        UsuariosHandlers handlers;
        PerfilHandlers perfilHandlers;
        ExternosHandlers externosHandlers;
        PrivacidadHandlers privacidadHandlers;
        Limpieza limpieza;
    };

    void subscribe(zoco::Host& host);
    void noteKept(const zoco::Event& event);

    std::optional<Ajustes> _ajustes;
    std::optional<Sesiones> _auth;
    std::optional<zoco::PersonalData> _personalData;
    std::optional<Parts> _parts;
};

} // namespace usuarios
