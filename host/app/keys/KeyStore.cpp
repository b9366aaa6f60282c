#include "KeyStore.h"

#include "KeyProgram.h"
#include "KeyState.h"
#include "app/backup/FileWork.h"
#include "core/config/SecretFile.h"

#include <unistd.h>

#include <filesystem>
#include <stdexcept>
#include <system_error>

namespace zoco::host
{

namespace
{

/// Wiped, however its block is left.
struct Secret
{
    std::string text;
    ~Secret() { wipe(text); }
};

std::string listOf(const std::vector<KeyId>& ids)
{
    std::string out;
    for (const auto id : ids) out += (out.empty() ? "" : ", ") + keyIdText(id);
    return out;
}

} // namespace

KeyStore::KeyStore(KeySettings settings, std::string dataDir)
    : _settings(std::move(settings)),
      _isDefault(_settings.file.empty() && isFile()),
      _stateFile(dataDir + "/keys.state")
{
    if (_isDefault) _settings.file = dataDir + "/keys";
}

std::string KeyStore::place() const
{
    if (!_settings.text.empty()) return "ZOCO_HOST_KEYS";
    if (!_settings.command.empty()) return "host.keys_command";
    return "the keys file " + _settings.file;
}

KeySet KeyStore::load(bool mayMake) const
{
    const auto fail = [&](const std::string& why) -> KeySet { throw std::runtime_error(place() + ": " + why); };
    const auto state = KeyState::read(_stateFile);
    if (_isDefault && !std::filesystem::exists(_settings.file))
    {
        if (!state.known.empty())
            return fail("it is gone, and with it the keys " + listOf(state.known) +
                        "; bring it back from a backup, since what they sealed is lost without it");
        if (!mayMake) return KeySet::fresh();
    }
    Secret content{read(mayMake)};
    auto keys = KeySet::parse(content.text);
    if (!keys) return fail(keys.problem().detail);
    for (const auto id : state.known)
        if (keys->find(id) == nullptr)
            return fail("the key " + keyIdText(id) + " is missing, and something may be sealed under it (" +
                        _stateFile + " lists it)");
    if (!state.index.empty() && state.index != keys->indexFingerprint())
        return fail("the index key is another one than before, so that nothing would be found any more");
    if (mayMake) KeyState::remember(_stateFile, *keys);
    return std::move(*keys);
}

std::string KeyStore::read(bool mayMake) const
{
    if (!_settings.text.empty()) return _settings.text;
    std::string out;
    std::string fault;
    if (!_settings.command.empty())
    {
        if (!runKeyProgram(_settings.command, out, fault)) throw std::runtime_error(place() + ": " + fault);
        return out;
    }
    if (_isDefault && mayMake && !std::filesystem::exists(_settings.file)) return make();
    if (!readSecretFile(_settings.file, out, fault)) throw std::runtime_error("the keys file: " + fault);
    return out;
}

std::string KeyStore::make() const
{
    const auto keys = KeySet::fresh();
    save(keys);
    return keys.text();
}

void KeyStore::save(const KeySet& keys) const
{
    if (!isFile()) throw std::runtime_error(place() + ": these keys are not kept here; change them where they are");
    try
    {
        const Secret text{keys.text()};
        std::error_code none;
        const auto target = std::filesystem::weakly_canonical(_settings.file).string(); // not in the place of a link
        std::filesystem::remove(target + ".tmp", none);                                 // its mode might be another one
        writeDurably(target, text.text);
    }
    catch (const std::system_error& e)
    {
        throw std::runtime_error(place() + ": it cannot be written: " + e.what());
    }
}

} // namespace zoco::host
