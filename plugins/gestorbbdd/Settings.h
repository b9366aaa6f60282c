#pragma once

#include "DataProvider.h"
#include "mariadb/MariaDbSettings.h"
#include "sqlite/SqliteEngine.h"
#include "zoco/Config.h"

#include <optional>
#include <string>
#include <string_view>

namespace zoco::gestorbbdd
{

struct Settings
{
    SqliteSettings sqlite;
    std::optional<mariadb::Settings> server; ///< in its place
    DataProvider::Limits limits;
};

/// Reads the settings once. `ownFolder` is where "sqlite:" puts its file. Throws ProblemException for an url that is
/// not supported.
Settings readSettings(const Config& config, std::string_view ownFolder);

/// The file that an url such as "sqlite:/srv/tienda.db" means; throws ProblemException.
std::string sqlitePathOf(std::string_view url, std::string_view ownFolder);

} // namespace zoco::gestorbbdd
