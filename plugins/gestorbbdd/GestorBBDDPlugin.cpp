#include "GestorBBDDPlugin.h"

#include "BackupCommand.h"
#include "MigrationsCommand.h"
#include "RestoreCommand.h"
#include "Settings.h"
#include "mariadb/MariaDbEngine.h"
#include "sqlite/SqliteEngine.h"

namespace zoco::gestorbbdd
{

void GestorBBDDPlugin::init(Host& host)
{
    auto settings = readSettings(host.config(), host.files().folder());
    if (settings.server)
        _engine = std::make_unique<mariadb::MariaDbEngine>(std::move(*settings.server));
    else
        _engine = std::make_unique<SqliteEngine>(std::move(settings.sqlite));
    host.commands().add(kBackupCommand, [this](const CommandCall& call) { return runBackup(call, *_engine); });
    host.commands().add(kRestoreCommand, [this](const CommandCall& call) { return runRestore(call, *_engine); });
    host.commands().add(kMigrationsCommand, [this](const CommandCall& call) { return runMigrations(call, *_engine); });
    _provider.emplace(*_engine, _directory, settings.limits, host.log(),
                      [&events = host.events()] { (void)events.publish("gestorbbdd.publicado"); });
    host.services().provide("zoco.data/1", _provider->raw());
    _handlers.emplace(*_engine, _directory);
    _handlers->addRoutes(host.http());
}

/// Its own tables first, since other plugins' operations are checked from here on.
void GestorBBDDPlugin::start(Host&)
{
    _engine->open();
    const zoco_consumer self{sizeof(zoco_consumer), 1, str("gestorbbdd"), str(kVersion), zoco_plugin_resources};
    _own = _provider->attach(ServiceConsumer(self));
}

void GestorBBDDPlugin::stop() noexcept
{
    _provider->detach(_own.get());
    _own.reset();
    _engine->close();
}

} // namespace zoco::gestorbbdd

ZOCO_PLUGIN(zoco::gestorbbdd::GestorBBDDPlugin, .id = "gestorbbdd", .version = zoco::gestorbbdd::kVersion,
            .provides = {"zoco.data/1"});
