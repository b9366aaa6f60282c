#pragma once

#include "catalogue/Catalogue.h"
#include "engine/Engine.h"
#include "zoco/Http.h"

namespace zoco::gestorbbdd
{

/// The operators' endpoints below /GestorBBDD. [worker]
class GestorBBDDHandlers
{
public:
    GestorBBDDHandlers(Engine& engine, const CatalogueDirectory& directory) : _engine(engine), _directory(directory) {}

    /// In init.
    void addRoutes(Http& http);

    Reply estado() const;
    /// `deadlineNs`: CLOCK_MONOTONIC; 0 = none.
    Reply migraciones(std::int64_t deadlineNs) const;
    Reply operaciones() const;

private:
    Engine& _engine;
    const CatalogueDirectory& _directory;
};

} // namespace zoco::gestorbbdd
