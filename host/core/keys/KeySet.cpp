#include "KeySet.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <stdexcept>

namespace zoco::host
{

namespace
{

constexpr std::size_t kMostKeys = 1000;

std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> out;
    for (std::size_t at = 0; (at = line.find_first_not_of(" \t\r", at)) != line.npos;)
    {
        const auto end = std::min(line.find_first_of(" \t\r", at), line.size());
        out.push_back(line.substr(at, end - at));
        at = end;
    }
    return out;
}

std::string nowText()
{
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

KeyId newId()
{
    KeyId out = 0;
    while (out == 0)
        if (::RAND_bytes(reinterpret_cast<unsigned char*>(&out), sizeof out) != 1)
            throw std::runtime_error("the system has no random bytes for a key");
    return out;
}

} // namespace

std::string keyIdText(KeyId id)
{
    std::string out(8, '0');
    for (auto at = out.size(); at > 0; --at, id >>= 4) out[at - 1] = "0123456789abcdef"[id & 15];
    return out;
}

KeyId keyIdFrom(std::string_view text) noexcept
{
    KeyId out = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out, 16);
    return text.size() == 8 && error == std::errc() && end == text.data() + text.size() ? out : 0;
}

namespace
{

/// 32 bits of an HMAC of a text that everybody knows: they say nothing of the key.
std::string fingerprintOf(const SecretKey& key, std::string_view text)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (::HMAC(::EVP_sha256(), key.data(), static_cast<int>(SecretKey::kBytes),
               reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest, &size) == nullptr)
        throw std::runtime_error("OpenSSL made no HMAC");
    return keyIdText(static_cast<KeyId>(digest[0]) << 24 | static_cast<KeyId>(digest[1]) << 16 |
                     static_cast<KeyId>(digest[2]) << 8 | digest[3]);
}

} // namespace

KeySet KeySet::fresh()
{
    KeySet out;
    out._index = SecretKey::random();
    out._hasIndex = true;
    out.activate(out.addNew());
    return out;
}

KeyId KeySet::addNew()
{
    DataKey key{newId(), SecretKey::random(), nowText()};
    while (find(key.id) != nullptr) key.id = newId();
    _keys.push_back(key);
    return key.id;
}

void KeySet::remove(KeyId id)
{
    std::erase_if(_keys, [id](const auto& key) { return key.id == id; });
}

const DataKey* KeySet::find(KeyId id) const noexcept
{
    for (const auto& key : _keys)
        if (key.id == id && id != 0) return &key;
    return nullptr;
}

/// What is wrong with a line, or empty.
std::string KeySet::take(const std::vector<std::string_view>& words)
{
    const auto kind = words[0];
    if (kind == "clear" && words.size() == 1)
    {
        _isClear = true;
        return {};
    }
    if (kind == "index")
    {
        if (_hasIndex) return "there are two index keys";
        _hasIndex = words.size() == 2 && _index.assignHex(words[1]);
        return _hasIndex ? "" : "an index key is written as \"index\" and 64 hexadecimal digits";
    }
    if (kind == "key")
    {
        DataKey key;
        if (words.size() >= 2) key.id = keyIdFrom(words[1]);
        if (words.size() < 3 || words.size() > 4 || key.id == 0 || !key.secret.assignHex(words[2]))
            return "a key is written as \"key\", its id of 8 hexadecimal digits, not all 0, and 64 such digits";
        if (find(key.id) != nullptr) return "there are two keys " + keyIdText(key.id);
        if (_keys.size() == kMostKeys) return "there are more than " + std::to_string(kMostKeys) + " keys";
        if (words.size() == 4) key.created = words[3];
        _keys.push_back(std::move(key));
        return {};
    }
    if (kind != "active") return "it begins with none of index, key, active";
    if (_active != 0) return "there are two lines \"active\"";
    if (words.size() == 2) _active = keyIdFrom(words[1]);
    return _active != 0 ? "" : "the active key is written as \"active\" and its id of 8 hexadecimal digits";
}

Result<KeySet> KeySet::parse(std::string_view text)
{
    const auto fault = [](std::string what)
    { return Problem{500, "keys", "Keys cannot be used", std::move(what), {}, ZOCO_E_INVALID}; };
    KeySet out;
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line)
    {
        const auto words = wordsOf(text.substr(at, text.find_first_of("\n;", at) - at));
        const bool isComment = !words.empty() && words[0].starts_with('#');
        if (!words.empty() && !isComment)
            if (const auto what = out.take(words); !what.empty())
                return fault("line " + std::to_string(line) + ": " + what);
        at = std::min(text.find_first_of(isComment ? "\n" : "\n;", at), text.size() - 1) + 1;
    }
    if (out._isClear)
        return out._keys.empty() && !out._hasIndex ? Result<KeySet>(out) : fault("\"clear\" stands alone");
    if (!out._hasIndex) return fault("the index key is missing");
    if (out._keys.empty()) return fault("there is no key");
    if (out._active == 0 && out._keys.size() == 1) out._active = out._keys[0].id;
    if (out._active == 0) return fault("no key is active");
    if (out.active() == nullptr) return fault("the active key " + keyIdText(out._active) + " is missing");
    return out;
}

std::string KeySet::text() const
{
    if (_isClear) return "clear\n";
    std::string out;
    out.reserve(512 + _keys.size() * 128); // no copies are left behind
    out += "# Keys of Zoco. Who has this file can read what they encrypt; without it, that is lost.\n";
    auto hex = _index.hex();
    out.append("index ").append(hex).append("\n");
    wipe(hex);
    for (const auto& key : _keys)
    {
        hex = key.secret.hex();
        out.append("key ").append(keyIdText(key.id)).append(" ").append(hex);
        out.append(key.created.empty() ? "" : " ").append(key.created).append("\n");
        wipe(hex);
    }
    return out.append("active ").append(keyIdText(_active)).append("\n");
}

std::string KeySet::indexFingerprint() const { return fingerprintOf(_index, "zoco index key"); }

std::string DataKey::fingerprint() const { return fingerprintOf(secret, "zoco data key"); }

bool KeySet::assign(std::string_view index, std::vector<DataKey> keys, KeyId active, bool isClear)
{
    _hasIndex = _index.assign(index);
    _keys = std::move(keys);
    _active = active;
    _isClear = isClear;
    return _hasIndex && (_isClear || this->active() != nullptr);
}

} // namespace zoco::host
