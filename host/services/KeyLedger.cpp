#include "KeyLedger.h"

#include "HostCall.h"

namespace zoco::host
{

namespace
{

constexpr std::int64_t kIndexKey = 0;

} // namespace

KeyLedger::KeyLedger(const HostService& data)
    : _data(data.service()),
      _all(data.operation("gestorbbdd.claves")),
      _add(data.operation("gestorbbdd.clave_apuntar", {"id", "huella"})),
      _remove(data.operation("gestorbbdd.clave_olvidar", {"id"}))
{
}

KeyLedger::Known KeyLedger::read(const KeySet& keys) const
{
    Known out;
    const auto look = [&](std::int64_t id, std::string_view fingerprint) -> std::string
    {
        const auto name = keyIdText(static_cast<KeyId>(id));
        const auto* key = keys.find(static_cast<KeyId>(id));
        if (keys.isClear()) return "hosts on this database seal what is private, and this one has no keys";
        if (id == kIndexKey)
        {
            out.hasIndex = true;
            return fingerprint == keys.indexFingerprint()
                       ? ""
                       : "hosts on this database have another index key than this one";
        }
        if (key == nullptr)
            return "hosts on this database seal under the key " + name + ", which this one does not have";
        out.hasActive = out.hasActive || key == keys.active();
        return fingerprint == key->fingerprint() ? ""
                                                 : "hosts on this database have another key " + name + " than this one";
    };
    const auto done = _data.call(hostCall(), _all, {},
                                 [&](const zoco::Row& row)
                                 {
                                     const auto fault = look(row[0].integer(), row[1].text());
                                     if (out.fault.empty()) out.fault = fault;
                                 });
    if (!done.ok() && done.problem().code == ZOCO_E_UNSUPPORTED)
        out.hasIndex = out.hasActive = true; // a provider of before, which keeps none
    else if (!done.ok())
        out.fault = "it cannot be told whether these are the keys of this database: " + done.problem().title;
    return out;
}

std::string KeyLedger::admit(const KeySet& keys) const
{
    auto known = read(keys);
    if (!known.fault.empty() || (known.hasIndex && known.hasActive)) return known.fault;
    (void)note(keys);
    known = read(keys); // somebody may do the same just now, perhaps with other ones
    if (!known.fault.empty() || (known.hasIndex && known.hasActive) || keys.isClear()) return known.fault;
    return "the active key cannot be noted in the database";
}

zoco_status KeyLedger::note(const KeySet& keys) const
{
    if (keys.isClear() || keys.active() == nullptr) return ZOCO_OK;
    const auto known = read(keys);
    if (!known.hasIndex)
        if (const auto status = add(kIndexKey, keys.indexFingerprint()); status < 0 && status != ZOCO_E_DUPLICATE)
            return status;
    return known.hasActive ? ZOCO_OK : add(keys.active()->id, keys.active()->fingerprint());
}

zoco_status KeyLedger::add(std::int64_t id, const std::string& fingerprint) const
{
    const auto done = _data.call(hostCall(), _add, {id, fingerprint});
    return done.ok() ? ZOCO_OK : done.problem().code;
}

zoco_status KeyLedger::forget(KeyId id) const
{
    const auto done = _data.call(hostCall(), _remove, {static_cast<std::int64_t>(id)});
    return done.ok() ? ZOCO_OK : done.problem().code;
}

} // namespace zoco::host
