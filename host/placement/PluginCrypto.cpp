#include "PluginCrypto.h"

#include "Guarded.h"
#include "zoco/Problem.h"

#include <algorithm>
#include <cstring>

namespace zoco::host
{

namespace
{

bool isName(std::string_view name) noexcept
{
    return !name.empty() && name.size() <= 60 && name[0] >= 'a' && name[0] <= 'z' &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos;
}

} // namespace

PluginCrypto::PluginCrypto(const KeyRing& keys, std::string pluginId, std::vector<PluginRotator>& rotators,
                           RegistrationRules rules)
    : _table{sizeof(zoco_crypto), this, &seal, &open, &isCurrent, &blindIndex, &random, &onRotate},
      _cipher(keys),
      _pluginId(std::move(pluginId)),
      _rotators(rotators),
      _rules(std::move(rules))
{
}

zoco_status PluginCrypto::seal(void* context, zoco_bytes plain, zoco_str bound, void* out, size_t room, size_t* size)
{
    const auto& self = *static_cast<const PluginCrypto*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            *size = plain.size + FieldCipher::kOverhead;
            if (plain.size > FieldCipher::kMostBytes || room < *size) return ZOCO_E_INVALID;
            *size = self._cipher.seal(view(plain), view(bound), static_cast<unsigned char*>(out));
            return ZOCO_OK;
        });
}

zoco_status PluginCrypto::open(void* context, zoco_bytes sealed, zoco_str bound, void* out, size_t room, size_t* size)
{
    const auto& self = *static_cast<const PluginCrypto*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            *size = sealed.size;
            if (room < sealed.size) return ZOCO_E_INVALID;
            switch (self._cipher.open(view(sealed), view(bound), static_cast<unsigned char*>(out), *size))
            {
            case FieldCipher::Opened::Yes:
                return ZOCO_OK;
            case FieldCipher::Opened::UnknownKey:
                return ZOCO_E_UNSUPPORTED;
            default:
                return ZOCO_E_FAILED;
            }
        });
}

int32_t PluginCrypto::isCurrent(void* context, zoco_bytes sealed)
{
    return static_cast<const PluginCrypto*>(context)->_cipher.isCurrent(view(sealed)) ? 1 : 0;
}

zoco_status PluginCrypto::blindIndex(void* context, zoco_str purpose, zoco_bytes value, void* out)
{
    static_assert(FieldCipher::kIndexBytes == ZOCO_BLIND_INDEX_SIZE);
    const auto& self = *static_cast<const PluginCrypto*>(context);
    return guarded(
        [&]
        {
            self._cipher.blindIndex(view(purpose), view(value), static_cast<unsigned char*>(out));
            return ZOCO_OK;
        });
}

zoco_status PluginCrypto::random(void*, void* out, size_t size)
{
    return guarded(
        [&]
        {
            FieldCipher::random(out, size);
            return ZOCO_OK;
        });
}

zoco_status PluginCrypto::onRotate(void* context, const zoco_rotator* raw)
{
    auto& self = *static_cast<PluginCrypto*>(context);
    return guarded(
        [&]() -> zoco_status
        {
            if (!self._rules.isOpen()) return ZOCO_E_MISUSE;
            zoco_rotator r{};
            std::memcpy(&r, raw, std::min<std::size_t>(raw->struct_size, sizeof r));
            const std::string name = r.name == nullptr ? "" : r.name;
            const bool isThere = std::any_of(self._rotators.begin(), self._rotators.end(),
                                             [&](const auto& other) { return other.name == name; });
            if (!isName(name) || isThere || r.page == nullptr)
            {
                self._rules.report("rotator '" + name +
                                   (isThere ? "': it is registered already" : "': its name must be [a-z][a-z0-9-]*"));
                return ZOCO_E_INVALID;
            }
            self._rotators.push_back({name, self._pluginId, r.page, r.ctx});
            return ZOCO_OK;
        });
}

} // namespace zoco::host
