#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace zoco::host
{

/// The keys whose requests this process serves just now, each with its request's fingerprint. [any-thread]
class KeysInFlight
{
public:
    /// A key that is taken; free again at its end. Movable.
    class Hold
    {
    public:
        Hold() = default;
        Hold(Hold&& other) noexcept : _keys(std::exchange(other._keys, nullptr)), _name(std::move(other._name)) {}
        Hold& operator=(Hold&& other) noexcept
        {
            std::swap(_keys, other._keys);
            std::swap(_name, other._name);
            return *this;
        }
        ~Hold() { release(); }

        explicit operator bool() const noexcept { return _keys != nullptr; }
        void release() noexcept
        {
            if (_keys != nullptr) std::exchange(_keys, nullptr)->leave(_name);
        }

    private:
        friend class KeysInFlight;
        Hold(KeysInFlight& keys, std::string name) : _keys(&keys), _name(std::move(name)) {}

        KeysInFlight* _keys = nullptr;
        std::string _name;
    };

    /// Takes the key; an empty hold when somebody has it, and then `isSame` says whether with this fingerprint.
    Hold enter(const std::string& name, std::string_view fingerprint, bool& isSame);

private:
    void leave(const std::string& name) noexcept;

    std::mutex _mutex; ///< of what follows
    std::unordered_map<std::string, std::string> _fingerprints;
};

} // namespace zoco::host
