#pragma once

#include "Connection.h"
#include "engine/CopyWatch.h"

#include <cstdint>
#include <string>

namespace zoco::gestorbbdd::mariadb
{

/// What a dump begins and ends with, and what stands before each of its statements, with the statement's bytes.
inline constexpr std::string_view kDumpBegin = "-- zoco dump 1\n";
inline constexpr std::string_view kDumpEnd = "-- zoco end\n";
inline constexpr std::string_view kDumpStatement = "-- zoco ";

/// Writes one state of the connection's database to a new file, as SQL that `mariadb` reads too: tables with their
/// rows, sequences, views, triggers. Others go on meanwhile, but for migrations. The file is whole and on the disk when
/// it appears under its name. Returns its bytes; 0 when it was cancelled. Throws MariaDbError, and std::system_error.
/// One thread.
std::uint64_t dumpDatabase(Connection& connection, const std::string& target, const CopyWatch& watch);

/// A name as our sessions quote it.
std::string quotedName(std::string_view name);

} // namespace zoco::gestorbbdd::mariadb
