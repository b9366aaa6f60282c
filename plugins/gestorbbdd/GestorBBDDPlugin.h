#pragma once

#include "DataProvider.h"
#include "GestorBBDDHandlers.h"
#include "catalogue/Catalogue.h"
#include "engine/Engine.h"
#include "zoco/Plugin.h"

#include <memory>
#include <optional>

namespace zoco::gestorbbdd
{

constexpr const char* kVersion = "1.0.0";

/// Wires the plugin: engine, service zoco.data/1, endpoints. Parts are listed so that each outlives those below it.
class GestorBBDDPlugin final : public Plugin
{
public:
    void init(Host& host) override;
    void start(Host& host) override;
    void stop() noexcept override;

private:
    CatalogueDirectory _directory;
    std::unique_ptr<Engine> _engine;
    std::optional<DataProvider> _provider;
    std::unique_ptr<ConsumerNote> _own; ///< its own operations, at its own service
    std::optional<GestorBBDDHandlers> _handlers;
};

} // namespace zoco::gestorbbdd
