#pragma once

#include "ProviderSteps.h"
#include "zoco/abi/services.h"

#include <memory>
#include <mutex>
#include <string>

namespace zoco::host
{

/// A service as one instance of a plugin offers it. A value.
struct ServiceOffer
{
    std::string id;
    std::string plugin;
    zoco_provider* provider = nullptr; ///< lives until the instance's stop
    std::shared_ptr<std::mutex> turn;  ///< held by whoever runs the code of a serial instance; null: calls may overlap
    ProviderSteps* steps = nullptr;    ///< lives as `provider`; null: its steps run on the threads of those who ask
};

} // namespace zoco::host
