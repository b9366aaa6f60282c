#pragma once

#include "catalogue/Catalogue.h"
#include "zoco/Provider.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// An operation as one consumer resolved it.
struct ResolvedOperation
{
    std::shared_ptr<const Catalogue> keeper; ///< another plugin's may be detached before this consumer
    const Operation* operation = nullptr;
    std::vector<std::uint16_t> places; ///< for each declared parameter, its place in the consumer's order
};

/// What the provider keeps about one consumer: its catalogue and the operations it resolved. [any-thread]
class AttachedConsumer final : public ConsumerNote
{
public:
    explicit AttachedConsumer(std::shared_ptr<const Catalogue> own) : _own(std::move(own)) {}

    const Catalogue& own() const noexcept { return *_own; }

    /// Resolves "operation" of its own or "plugin.operation" that another publishes; throws ProblemException
    /// (ZOCO_E_UNSUPPORTED, ZOCO_E_INVALID).
    zoco_operation resolve(const CatalogueDirectory& directory, std::string_view name,
                           std::span<const std::string_view> params);
    /// Null for a handle that was not given out. Valid as long as this.
    const ResolvedOperation* find(zoco_operation handle) const;

private:
    ResolvedOperation lookUp(const CatalogueDirectory& directory, std::string_view name) const;

    std::shared_ptr<const Catalogue> _own; ///< shared with the directory
    mutable std::shared_mutex _mutex;
    std::deque<ResolvedOperation> _resolved; ///< a handle is a place in it, counted from 1; elements never move
};

} // namespace zoco::gestorbbdd
