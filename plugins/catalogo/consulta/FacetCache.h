#pragma once

#include "CatalogoRepository.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace catalogo
{

using Facetas = std::vector<CatalogoRepository::Faceta>;

/// Facets of lists, kept for a second: they cost a walk over all products, and shoppers who page ask for the same ones.
/// Every change of ours clears it; those of other nodes show after the second. Bounded. [any-thread]
class FacetCache
{
public:
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    explicit FacetCache(std::size_t maxEntries = 256, Clock clock = &std::chrono::steady_clock::now)
        : _maxEntries(maxEntries), _clock(std::move(clock))
    {
    }

    /// Null when it is not there or too old. Shared with whoever is reading while it is thrown out.
    std::shared_ptr<const Facetas> find(const std::string& key);
    /// `generation` is that of before the facets were read: a change meanwhile makes them worthless.
    void keep(const std::string& key, std::shared_ptr<const Facetas> facets, std::uint64_t generation);
    std::uint64_t generation();
    void clear();

    /// Filters with equal facets have equal keys.
    static std::string keyOf(const Filtro& filter);

private:
    struct Entry
    {
        std::shared_ptr<const Facetas> facets;
        std::chrono::steady_clock::time_point until;
    };

    const std::size_t _maxEntries;
    const Clock _clock;
    std::mutex _mutex;
    std::map<std::string, Entry> _entries;
    std::uint64_t _generation = 0;
};

} // namespace catalogo
