#pragma once

#include "SecretKey.h"
#include "zoco/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Names a key in what it sealed: 1 to 2^32 - 1, written as eight hexadecimal digits.
using KeyId = std::uint32_t;

std::string keyIdText(KeyId id);
/// 0 when it is none.
KeyId keyIdFrom(std::string_view text) noexcept;

/// A key that fields are sealed under. A value.
struct DataKey
{
    KeyId id = 0;
    SecretKey secret;
    std::string created; ///< when it was made, as 2026-11-28T20:26:24Z; may be empty

    /// Tells it from another key of the same id, and is no secret.
    std::string fingerprint() const;
};

/// The keys of a host: those for data, one of which is active, and the one for blind indexes. A value.
class KeySet
{
public:
    KeySet() = default; ///< no keys: nothing can be sealed

    /// A new index key and one active key. Throws std::runtime_error when the system has no random bytes.
    static KeySet fresh();
    /// From lines, or parts with ';' between: "index HEX", "key ID HEX [CREATED]", "active ID", or "clear" alone; '#'
    /// begins a comment. `detail` of the problem says what is wrong, and holds no secret.
    static Result<KeySet> parse(std::string_view text);
    /// The same, line by line. To be wiped by the caller.
    std::string text() const;

    /// Nothing is sealed: for tests that look for clear values, and for nothing else.
    bool isClear() const noexcept { return _isClear; }
    const SecretKey& index() const noexcept { return _index; }
    /// Tells two index keys apart, and is no secret.
    std::string indexFingerprint() const;
    const std::vector<DataKey>& keys() const noexcept { return _keys; }
    /// Null when there is none.
    const DataKey* active() const noexcept { return find(_active); }
    const DataKey* find(KeyId id) const noexcept;

    /// Adds a key, not active. Its id.
    KeyId addNew();
    /// The id is one of `keys`.
    void activate(KeyId id) noexcept { _active = id; }
    void remove(KeyId id);

    /// Parts of a set that came from another process; false when they are none.
    bool assign(std::string_view index, std::vector<DataKey> keys, KeyId active, bool isClear);

private:
    std::string take(const std::vector<std::string_view>& words);

    SecretKey _index;
    std::vector<DataKey> _keys;
    KeyId _active = 0;
    bool _isClear = false;
    bool _hasIndex = false;
};

} // namespace zoco::host
