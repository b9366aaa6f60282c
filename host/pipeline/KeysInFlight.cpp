#include "KeysInFlight.h"

namespace zoco::host
{

KeysInFlight::Hold KeysInFlight::enter(const std::string& name, std::string_view fingerprint, bool& isSame)
{
    const std::lock_guard lock(_mutex);
    const auto [at, isNew] = _fingerprints.emplace(name, fingerprint);
    isSame = at->second == fingerprint;
    return isNew ? Hold(*this, name) : Hold();
}

void KeysInFlight::leave(const std::string& name) noexcept
{
    const std::lock_guard lock(_mutex);
    _fingerprints.erase(name);
}

} // namespace zoco::host
