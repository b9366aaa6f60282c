#pragma once

#include "zoco/abi/base.h"

#include <stdexcept>
#include <string>

namespace zoco::host
{

/// Why a request to another server has no answer: a status as of zoco/abi/http_client.h, and a text for the log.
class HttpFault : public std::runtime_error
{
public:
    HttpFault(zoco_status status, const std::string& why) : std::runtime_error(why), _status(status) {}
    zoco_status status() const noexcept { return _status; }

private:
    zoco_status _status;
};

} // namespace zoco::host
