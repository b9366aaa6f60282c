#pragma once

#include "PluginMetrics.h"
#include "PluginRotator.h"
#include "core/keys/FieldCipher.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// zoco.crypto/1 for one plugin instance. Dies after the instance's destroy.
class PluginCrypto
{
public:
    /// `keys` and `rotators`, which gets what the instance registers, outlive it.
    PluginCrypto(const KeyRing& keys, std::string pluginId, std::vector<PluginRotator>& rotators,
                 RegistrationRules rules);
    PluginCrypto(const PluginCrypto&) = delete;
    PluginCrypto& operator=(const PluginCrypto&) = delete;

    const zoco_crypto* table() const noexcept { return &_table; }

private:
    static zoco_status seal(void* self, zoco_bytes plain, zoco_str context, void* out, size_t room, size_t* size);
    static zoco_status open(void* self, zoco_bytes sealed, zoco_str context, void* out, size_t room, size_t* size);
    static int32_t isCurrent(void* self, zoco_bytes sealed);
    static zoco_status blindIndex(void* self, zoco_str purpose, zoco_bytes value, void* out);
    static zoco_status random(void* self, void* out, size_t size);
    static zoco_status onRotate(void* self, const zoco_rotator* rotator);

    zoco_crypto _table;
    const FieldCipher _cipher;
    const std::string _pluginId;
    std::vector<PluginRotator>& _rotators;
    RegistrationRules _rules;
};

} // namespace zoco::host
