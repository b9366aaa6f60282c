#pragma once

#include "zoco/Crypto.h"

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace zoco::testing
{

/// zoco.crypto/1 without a cryptographic library: its bytes are no secret, but behave like sealed ones. They differ
/// each time, are 33 bytes longer, show nothing of what was sealed, and open under their key and context alone.
/// [any-thread]
class FakeCrypto
{
public:
    FakeCrypto() : _table{sizeof(zoco_crypto), this, &seal, &open, &isCurrent, &blindIndex, &random, &onRotate} {}
    FakeCrypto(const FakeCrypto&) = delete;
    FakeCrypto& operator=(const FakeCrypto&) = delete;

    const zoco_crypto* raw() const noexcept { return &_table; }

    /// From now on another key seals. What was sealed before still opens.
    void changeKey()
    {
        const std::lock_guard lock(_mutex);
        ++_active;
    }
    /// Runs each rotator from its beginning to its end; how many pages that took. Throws std::runtime_error when one
    /// fails.
    std::size_t runRotators()
    {
        std::size_t pages = 0;
        for (const auto& [name, rotator] : _rotators)
        {
            std::string cursor;
            for (bool isOver = false; !isOver; ++pages) isOver = runPage(name, cursor);
        }
        return pages;
    }
    /// One page of one rotator, from `cursor` on, which becomes that of the next one. True when it was the last.
    bool runPage(const std::string& name, std::string& cursor)
    {
        const auto& rotator = _rotators.at(name);
        zoco_rotation out{sizeof(zoco_rotation), 0, 0, 0, {nullptr, 0, nullptr, nullptr}};
        if (rotator.page(rotator.ctx, {cursor.data(), cursor.size()}, &out) < 0)
            throw std::runtime_error("the rotator " + name + " failed");
        if (out.cursor.data != nullptr) cursor.assign(static_cast<const char*>(out.cursor.data), out.cursor.size);
        if (out.cursor.release != nullptr) out.cursor.release(out.cursor.ctx);
        _done[name] = out.done;
        return out.is_over != 0;
    }
    bool hasRotator(const std::string& name) const { return _rotators.contains(name); }
    /// What the last page of a rotator said it had seen.
    std::uint64_t done(const std::string& name) const { return _done.at(name); }
    /// Forgets every key but the active one: what is sealed under another does not open any more.
    void retireKeys()
    {
        const std::lock_guard lock(_mutex);
        _oldest = _active;
    }

private:
    static constexpr std::size_t kHead = 17; ///< version, key, nonce
    static constexpr std::size_t kTag = 16;
    static constexpr char kVersion = '\xfa';

    static std::uint64_t mix(std::uint64_t x) noexcept
    {
        x ^= x >> 30;
        x *= 0xbf58476d1ce4e5b9ull;
        x ^= x >> 27;
        x *= 0x94d049bb133111ebull;
        return x ^ (x >> 31);
    }
    static std::string digest(std::uint64_t seed, std::initializer_list<std::string_view> parts)
    {
        std::uint64_t halves[2] = {mix(seed + 1), mix(seed + 2)};
        for (auto& half : halves)
            for (const auto part : parts)
            {
                half = mix(half ^ part.size());
                for (const char c : part) half = mix((half ^ static_cast<unsigned char>(c)) * 0x100000001b3ull);
            }
        return {reinterpret_cast<const char*>(halves), sizeof halves};
    }
    static std::string masked(std::string_view text, std::uint64_t seed)
    {
        std::string out(text);
        for (std::size_t i = 0; i < out.size(); ++i)
            out[i] = static_cast<char>(out[i] ^ static_cast<char>(mix(seed + i) & 0xff));
        return out;
    }
    static std::uint64_t number(std::string_view bytes) noexcept
    {
        std::uint64_t out = 0;
        for (const char c : bytes) out = out << 8 | static_cast<unsigned char>(c);
        return out;
    }
    static std::string text(std::uint64_t value, std::size_t size)
    {
        std::string out(size, '\0');
        for (auto i = size; i > 0; --i, value >>= 8) out[i - 1] = static_cast<char>(value & 0xff);
        return out;
    }
    static zoco_status give(std::string_view bytes, void* out, std::size_t room, std::size_t* size) noexcept
    {
        *size = bytes.size();
        if (bytes.size() > room) return ZOCO_E_INVALID;
        if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
        return ZOCO_OK;
    }

    static zoco_status seal(void* self, zoco_bytes plain, zoco_str context, void* out, size_t room, size_t* size)
    {
        auto& fake = *static_cast<FakeCrypto*>(self);
        const std::lock_guard lock(fake._mutex);
        const auto nonce = text(mix(++fake._nonces), 12);
        const auto tag = digest(fake._active, {nonce, view(context), view(plain)});
        const auto body = masked(view(plain), mix(fake._active) ^ number(nonce));
        return give(kVersion + text(fake._active, 4) + nonce + body + tag, out, room, size);
    }
    static zoco_status open(void* self, zoco_bytes sealed, zoco_str context, void* out, size_t room, size_t* size)
    {
        auto& fake = *static_cast<FakeCrypto*>(self);
        const std::lock_guard lock(fake._mutex);
        const auto all = view(sealed);
        *size = 0;
        if (all.size() < kHead + kTag || all[0] != kVersion) return ZOCO_E_FAILED;
        const auto key = number(all.substr(1, 4));
        if (key < fake._oldest || key > fake._active) return ZOCO_E_UNSUPPORTED;
        const auto nonce = all.substr(5, 12);
        const auto plain = masked(all.substr(kHead, all.size() - kHead - kTag), mix(key) ^ number(nonce));
        if (digest(key, {nonce, view(context), plain}) != all.substr(all.size() - kTag)) return ZOCO_E_FAILED;
        return give(plain, out, room, size);
    }
    static int32_t isCurrent(void* self, zoco_bytes sealed)
    {
        const auto& fake = *static_cast<FakeCrypto*>(self);
        const std::lock_guard lock(fake._mutex);
        const auto all = view(sealed);
        return all.size() >= kHead && all[0] == kVersion && number(all.substr(1, 4)) == fake._active ? 1 : 0;
    }
    static zoco_status blindIndex(void*, zoco_str purpose, zoco_bytes value, void* out)
    {
        std::size_t size = 0;
        return give(digest(0, {view(purpose), view(value)}), out, ZOCO_BLIND_INDEX_SIZE, &size);
    }
    static zoco_status random(void*, void* out, size_t size)
    {
        std::random_device source;
        for (std::size_t i = 0; i < size; ++i) static_cast<char*>(out)[i] = static_cast<char>(source() & 0xff);
        return ZOCO_OK;
    }
    static zoco_status onRotate(void* self, const zoco_rotator* rotator)
    {
        auto& fake = *static_cast<FakeCrypto*>(self);
        const std::string_view name = rotator->name == nullptr ? "" : rotator->name;
        const bool isName = !name.empty() && name.size() <= 60 && name[0] >= 'a' && name[0] <= 'z' &&
                            name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos;
        if (!isName || rotator->page == nullptr) return ZOCO_E_INVALID;
        return fake._rotators.emplace(name, *rotator).second ? ZOCO_OK : ZOCO_E_INVALID;
    }

    zoco_crypto _table;
    mutable std::mutex _mutex;
    std::uint64_t _active = 1;
    std::uint64_t _oldest = 1;
    std::uint64_t _nonces = 0;
    std::map<std::string, zoco_rotator> _rotators;
    std::map<std::string, std::uint64_t> _done;
};

} // namespace zoco::testing
