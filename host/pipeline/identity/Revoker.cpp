#include "Revoker.h"

#include "zoco/Problem.h"

namespace zoco::host
{

zoco_status Revoker::heard(std::string_view publisher, std::span<const zoco_field> fields)
{
    if (!_authentication.isProvider(publisher))
    {
        _log.warning("a plugin that does not provide zoco.auth/1 revokes sessions", {{"plugin", publisher}});
        return ZOCO_E_MISUSE;
    }
    bool isUnderstood = false;
    for (const auto& field : fields)
    {
        const bool isText = field.value.kind == ZOCO_TEXT && field.value.as.b.size > 0;
        const auto name = view(field.name);
        if (!isText || (name != "usuario" && name != "sesion")) continue;
        isUnderstood = true;
        if (name == "usuario")
            _authentication.sessions().revokeUser(view(field.value.as.b));
        else
            _authentication.sessions().revokeSession(view(field.value.as.b));
    }
    return isUnderstood ? ZOCO_OK : ZOCO_E_INVALID;
}

} // namespace zoco::host
