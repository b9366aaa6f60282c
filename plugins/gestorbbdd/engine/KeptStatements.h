#pragma once

#include "catalogue/Operation.h"
#include "catalogue/SqlTemplate.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>

namespace zoco::gestorbbdd
{

/// The statements that one connection has prepared, by operation and form. Beyond `limit` the least used is let go.
/// Used by one thread at a time; statements stay where they are until they are let go.
template <class Kept>
class KeptStatements
{
public:
    explicit KeptStatements(std::size_t limit) noexcept : _limit(limit) {}

    /// The statement, made by `make(RenderedSql)` when it is not there.
    template <class Make>
    Kept& get(const Operation& operation, const SqlForm& form, Dialect dialect, Make&& make)
    {
        const Key key{operation.id, form.key()};
        if (const auto found = _byKey.find(key); found != _byKey.end())
        {
            _all.splice(_all.begin(), _all, found->second);
            return _all.front().kept;
        }
        if (_all.size() >= _limit) remove(std::prev(_all.end()));
        _all.push_front({key, make(operation.spec.sql.render(form, dialect))});
        _byKey.emplace(key, _all.begin());
        return _all.front().kept;
    }

    void forget(const Operation& operation, const SqlForm& form)
    {
        if (const auto found = _byKey.find({operation.id, form.key()}); found != _byKey.end()) remove(found->second);
    }

private:
    struct Key
    {
        std::uint64_t operation;
        std::uint64_t form;
        friend bool operator==(const Key&, const Key&) = default;
    };
    struct KeyHash
    {
        std::size_t operator()(const Key& key) const noexcept
        {
            return static_cast<std::size_t>(key.operation * 0x9e3779b97f4a7c15u ^ key.form);
        }
    };
    struct Entry
    {
        Key key;
        Kept kept;
    };

    void remove(typename std::list<Entry>::iterator entry)
    {
        _byKey.erase(entry->key);
        _all.erase(entry);
    }

    const std::size_t _limit;
    std::list<Entry> _all; ///< last used first
    std::unordered_map<Key, typename std::list<Entry>::iterator, KeyHash> _byKey;
};

} // namespace zoco::gestorbbdd
