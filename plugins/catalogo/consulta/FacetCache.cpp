#include "FacetCache.h"

#include <algorithm>

namespace catalogo
{

std::shared_ptr<const Facetas> FacetCache::find(const std::string& key)
{
    const std::lock_guard lock(_mutex);
    const auto found = _entries.find(key);
    if (found == _entries.end() || found->second.until <= _clock()) return nullptr;
    return found->second.facets;
}

void FacetCache::keep(const std::string& key, std::shared_ptr<const Facetas> facets, std::uint64_t generation)
{
    const std::lock_guard lock(_mutex);
    if (generation != _generation) return;
    const auto now = _clock();
    if (_entries.size() >= _maxEntries)
        std::erase_if(_entries, [now](const auto& entry) { return entry.second.until <= now; });
    if (_entries.size() >= _maxEntries) _entries.clear();
    _entries[key] = {std::move(facets), now + std::chrono::seconds(1)};
}

std::uint64_t FacetCache::generation()
{
    const std::lock_guard lock(_mutex);
    return _generation;
}

void FacetCache::clear()
{
    const std::lock_guard lock(_mutex);
    _entries.clear();
    ++_generation;
}

std::string FacetCache::keyOf(const Filtro& filter)
{
    auto words = filter.palabras;
    std::sort(words.begin(), words.end());
    std::string out;
    for (const auto& word : words) out += word + ' ';
    const auto number = [&](const std::optional<std::int64_t>& value)
    { out += (value ? std::to_string(*value) : "") + '|'; };
    number(filter.precioMin);
    number(filter.precioMax);
    number(filter.disponible ? std::optional<std::int64_t>(*filter.disponible) : std::nullopt);
    return out;
}

} // namespace catalogo
