#pragma once

#include "CatalogoHandlers.h"
#include "CatalogoRepository.h"
#include "CatalogoUseCases.h"

#include "import/ImportCommand.h"
#include "zoco/Plugin.h"

#include <optional>
#include <string>

namespace catalogo
{

/// Products, categories, pictures and stock. Only wires: every part gets what it needs in its constructor.
class CatalogoPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override;
    void start(zoco::Host& host) override;

private:
    /// What needs the data service; made in start, in this order.
    struct Parts
    {
        Parts(zoco::Service service, const Folding& folding, const PictureStore& pictures, const std::string& moneda);

        zoco::Service data;
        CatalogoRepository repository;
        CatalogoUseCases useCases;
        ProductoBody bodies;
        CatalogoHandlers handlers;
        Importer importer;
    };

    void loadDemoOnce(zoco::Host& host);

    Folding _folding;
    std::string _moneda;
    bool _hasDemo = false;
    std::optional<PictureStore> _pictures;
    std::optional<Parts> _parts;
};

} // namespace catalogo
