#pragma once

#include "Authentication.h"
#include "services/EventWatch.h"

namespace zoco::host
{

/// Hears `zoco.auth.revoked` before its publisher goes on, and forgets the sessions that it names. [any-thread]
class Revoker final : public EventWatch
{
public:
    Revoker(Authentication& authentication, LogSource log) : _authentication(authentication), _log(std::move(log)) {}

    zoco_status heard(std::string_view publisher, std::span<const zoco_field> fields) override;

private:
    Authentication& _authentication;
    LogSource _log;
};

} // namespace zoco::host
