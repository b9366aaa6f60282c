#pragma once

#include "core/keys/KeyRing.h"
#include "placement/wire/Packer.h"
#include "placement/wire/Unpacker.h"

namespace zoco::host
{

/// Keys on their way to a plugin's process: over a socket that only the two have, or over TLS to its node.
void packKeys(Packer& out, const KeyRing::Edition& edition);
KeyRing::Edition unpackKeys(Unpacker& in);

} // namespace zoco::host
