#pragma once

#include "Generation.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// Leads a candidate for this process through its steps up to serving in a process of its own, which ends again: one
/// that crashes or hangs there never enters the host. It sees its settings and an empty folder; every call of a service
/// is refused, so that it changes nothing, and a start that fails after such a refusal proves nothing. False when a
/// step failed: `errors` says which and why. Blocks, at most the steps' deadlines. [lifecycle]
bool rehearse(const PluginToRun& what, const ServiceRegistry& services, const GenerationParts& parts,
              std::vector<std::string>& errors);

} // namespace zoco::host
