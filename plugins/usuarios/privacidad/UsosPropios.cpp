#include "UsosPropios.h"

#include "Reloj.h"

#include <string>

namespace usuarios
{

namespace
{

/// A text in both languages.
struct Texto
{
    std::string es, en;

    void add(const Texto& more)
    {
        es += more.es;
        en += more.en;
    }
};

Texto operator+(Texto a, const Texto& b)
{
    a.add(b);
    return a;
}

Texto daysOf(std::int64_t us)
{
    const auto days = us / daysUs(1);
    if (days == 0) return {"menos de un día", "less than a day"};
    const auto number = std::to_string(days);
    return {number + (days == 1 ? " día" : " días"), number + (days == 1 ? " day" : " days")};
}

zoco::PersonalDataUse use(const Texto& data, const Texto& purpose, const Texto& basis, const Texto& retention)
{
    return {data.es, purpose.es, basis.es, retention.es, {data.en, purpose.en, basis.en, retention.en}};
}

Texto accountPeriod(const Ajustes& ajustes)
{
    Texto out{"Hasta que se borra la cuenta", "Until the account is deleted"};
    if (ajustes.conservarInactivas > 0)
    {
        const auto days = daysOf(ajustes.conservarInactivas);
        out.add({"; si nadie entra en ella, " + days.es + " y 30 más desde que se avisa",
                 "; if nobody logs in to it, " + days.en + " and 30 more after a warning"});
    }
    if (ajustes.conservarSinClave > 0)
        out.add(Texto{"; si nunca se elige una contraseña, ", "; if a password is never chosen, "} +
                daysOf(ajustes.conservarSinClave));
    return out;
}

} // namespace

std::vector<zoco::PersonalDataUse> usosPropios(const Ajustes& ajustes)
{
    const Texto contract{"Ejecución de un contrato", "Performance of a contract"};
    const Texto security{"Interés legítimo: seguridad", "Legitimate interest: security"};
    const Texto strangers{"Reconocer accesos ajenos", "Recognising logins of others"};
    const Texto whole{"Hasta que se borra la cuenta", "Until the account is deleted"};
    const Texto removed{"Hasta que se quitan o se borra la cuenta", "Until they are removed or the account is deleted"};
    const auto sessions = Texto{"Hasta que termina la sesión, como mucho ", "Until the session ends, at most "} +
                          daysOf(ajustes.sesionMaxima);
    const auto audit =
        ajustes.conservarAuditoria > 0 ? daysOf(ajustes.conservarAuditoria) : Texto{"Sin plazo", "For good"};
    return {
        use({"Correo, nombre, teléfono, NIF e idioma",
             "E-mail address, name, telephone number, tax number and language"},
            {"Llevar la cuenta y dar acceso a ella", "Keeping the account and giving access to it"}, contract,
            accountPeriod(ajustes)),
        use({"Direcciones", "Addresses"}, {"Enviar lo comprado", "Sending what was bought"}, contract, removed),
        use({"Navegador y dirección de red de cada sesión", "Browser and network address of each session"}, strangers,
            security, sessions),
        use({"Navegadores y redes desde los que se entró, y accesos fallidos, sin que se puedan leer",
             "Browsers and networks from which somebody logged in, and failed logins, in a form that cannot be read"},
            strangers, security,
            {"180 días sin uso; los fallidos, un día", "180 days without use; of failed ones, a day"}),
        use({"Consentimientos, con su momento y la versión del texto",
             "Consents, with their time and the text's version"},
            {"Poder demostrarlos", "Being able to prove them"}, {"Obligación legal", "Legal obligation"}, whole),
        use({"Identidades en otros proveedores", "Identities at other providers"},
            {"Dar acceso con ellas", "Giving access by them"}, {"Consentimiento", "Consent"}, removed),
        use({"Registro de auditoría: quién hizo qué y cuándo", "Audit log: who did what and when"},
            {"Investigar abusos", "Investigating abuse"}, security, audit),
    };
}

} // namespace usuarios
