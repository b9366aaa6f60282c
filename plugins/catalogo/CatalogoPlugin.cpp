#include "CatalogoPlugin.h"

#include "CatalogoRoutes.h"
#include "Resources.h"
#include "import/DemoJob.h"
#include "model/Dinero.h"

#include <stdexcept>

namespace catalogo
{

CatalogoPlugin::Parts::Parts(zoco::Service service, const Folding& folding, const PictureStore& pictures,
                             const std::string& moneda)
    : data(service),
      repository(data, folding),
      useCases(repository, pictures),
      bodies(folding, moneda, [this](std::string_view name) { return useCases.hasPicture(name); }),
      handlers(useCases, pictures, folding, bodies),
      importer(repository, useCases, pictures, folding)
{
}

void CatalogoPlugin::init(zoco::Host& host)
{
    _hasDemo = host.config().boolean("demo");
    _moneda = host.config().text("moneda");
    if (!isCurrencyCode(_moneda)) throw std::invalid_argument("moneda must be the three capital letters of a currency");
    _pictures.emplace(host.files().folder());
    addRoutes(host.http(), [this]() -> const CatalogoHandlers& { return _parts.value().handlers; });
    host.commands().add(kImportCommand, [this](const zoco::CommandCall& call)
                        { return runImport(call, _parts.value().importer, _moneda); });
}

void CatalogoPlugin::start(zoco::Host& host)
{
    _parts.emplace(host.services().find("zoco.data/1"), _folding, *_pictures, _moneda);
    if (_hasDemo) loadDemoOnce(host);
}

void CatalogoPlugin::loadDemoOnce(zoco::Host& host)
{
    if (_parts->repository.wasEverFilled({}).value()) return;
    const auto products = resource("file", "demo.json").value_or("");
    const auto report = _parts->importer.run(demoJob(products));
    if (!report.isDone())
        throw std::runtime_error("the demonstration catalogue cannot be loaded: " + report.firstFault());
    host.log().info("demonstration catalogue loaded", {{"products", report.counts.added}});
}

} // namespace catalogo

ZOCO_PLUGIN(catalogo::CatalogoPlugin, .id = "catalogo", .version = "0.1.0", .needs = {"zoco.data/1"});
