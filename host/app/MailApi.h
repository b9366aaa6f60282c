#pragma once

#include "pipeline/HostEndpoints.h"
#include "services/mail/Mailer.h"

namespace zoco::host
{

/// What operators see of mails that wait, and do about them: `/_zoco/correo`. Of a mail it shows its id alone.
class MailApi
{
public:
    /// Adds the endpoints. Both outlive them.
    MailApi(HostEndpoints& endpoints, Mailer& mailer);

private:
    Reply list() const;

    Mailer& _mailer;
};

} // namespace zoco::host
