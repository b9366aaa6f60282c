#pragma once

#include "Reloader.h"
#include "pipeline/HostEndpoints.h"

#include <future>

namespace zoco::host
{

/// How operators change what runs: `POST /_zoco/recarga` and `PUT /_zoco/plugins/{id}`.
class ChangeApi
{
public:
    /// Adds the endpoints. Both arguments outlive them.
    ChangeApi(HostEndpoints& endpoints, Reloader& reloader);

private:
    Reply setPlugin(const zoco::Request& request);

    Reloader& _reloader;
};

} // namespace zoco::host
