#include "KeyMessages.h"

namespace zoco::host
{

void packKeys(Packer& out, const KeyRing::Edition& edition)
{
    const auto& keys = edition.keys;
    out.number(edition.number).boolean(keys.isClear()).bytes(keys.index().view());
    out.number(keys.active() == nullptr ? 0 : keys.active()->id).list(keys.keys().size());
    for (const auto& key : keys.keys()) out.number(key.id).bytes(key.secret.view());
}

KeyRing::Edition unpackKeys(Unpacker& in)
{
    KeyRing::Edition out;
    out.number = in.number();
    const bool isClear = in.boolean();
    const auto index = in.bytes();
    const auto active = static_cast<KeyId>(in.number(UINT32_MAX));
    std::vector<DataKey> keys;
    bool isGood = true;
    for (auto left = in.list(); left > 0; --left)
    {
        auto& key = keys.emplace_back();
        key.id = static_cast<KeyId>(in.number(UINT32_MAX));
        isGood = key.secret.assign(in.bytes()) && isGood;
    }
    if (!out.keys.assign(index, std::move(keys), active, isClear) || !isGood) throw MalformedFrame("keys are wrong");
    return out;
}

} // namespace zoco::host
