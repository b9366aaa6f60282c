#include "Catalogue.h"

#include <algorithm>

namespace zoco::gestorbbdd
{

const Operation* Catalogue::find(std::string_view name) const noexcept
{
    for (const auto& operation : _operations)
        if (operation->spec.name == name) return operation.get();
    return nullptr;
}

void CatalogueDirectory::add(std::shared_ptr<const Catalogue> catalogue)
{
    const std::lock_guard lock(_mutex);
    _catalogues.push_back(std::move(catalogue));
}

void CatalogueDirectory::remove(const Catalogue* catalogue) noexcept
{
    const std::lock_guard lock(_mutex);
    std::erase_if(_catalogues, [&](const auto& c) { return c.get() == catalogue; });
}

std::shared_ptr<const Catalogue> CatalogueDirectory::of(std::string_view plugin) const
{
    const std::lock_guard lock(_mutex);
    const auto found =
        std::find_if(_catalogues.rbegin(), _catalogues.rend(), [&](const auto& c) { return c->plugin() == plugin; });
    return found == _catalogues.rend() ? nullptr : *found;
}

std::vector<std::shared_ptr<const Catalogue>> CatalogueDirectory::all() const
{
    const std::lock_guard lock(_mutex);
    return _catalogues;
}

std::uint64_t CatalogueDirectory::nextId()
{
    const std::lock_guard lock(_mutex);
    return ++_lastId;
}

} // namespace zoco::gestorbbdd
