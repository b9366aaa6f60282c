#pragma once

namespace zoco::host
{

/// `zoco plugin-host`, which no operator types: this process is made by a host for one of its plugins, and talks to it
/// over its descriptor 3. Returns only when it was started in another way.
int hostPlugin();

} // namespace zoco::host
