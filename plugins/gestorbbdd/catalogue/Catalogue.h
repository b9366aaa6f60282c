#pragma once

#include "Operation.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// The operations of one attached generation of a plugin. Never changed.
class Catalogue
{
public:
    Catalogue(std::string plugin, std::vector<std::unique_ptr<const Operation>> operations)
        : _plugin(std::move(plugin)), _operations(std::move(operations))
    {
    }

    const std::string& plugin() const noexcept { return _plugin; }
    const std::vector<std::unique_ptr<const Operation>>& operations() const noexcept { return _operations; }
    /// Null when there is none of this name.
    const Operation* find(std::string_view name) const noexcept;

private:
    std::string _plugin;
    std::vector<std::unique_ptr<const Operation>> _operations;
};

/// The catalogues of all attached plugins. A catalogue is shared by its own plugin and by those that resolved what it
/// publishes, so that it lives until the last of them is gone. [any-thread]
class CatalogueDirectory
{
public:
    void add(std::shared_ptr<const Catalogue> catalogue);
    void remove(const Catalogue* catalogue) noexcept;

    /// The newest attached catalogue of a plugin; null when there is none.
    std::shared_ptr<const Catalogue> of(std::string_view plugin) const;
    std::vector<std::shared_ptr<const Catalogue>> all() const;
    /// A number for an operation that no other one ever had.
    std::uint64_t nextId();

private:
    mutable std::mutex _mutex;
    std::vector<std::shared_ptr<const Catalogue>> _catalogues; ///< in the order of attaching
    std::uint64_t _lastId = 0;
};

} // namespace zoco::gestorbbdd
