#pragma once

#include "zoco/abi/plugin.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// A migration as a plugin embeds it. `sql` lives as long as the plugin's library.
struct Migration
{
    int version = 0;
    std::string name; ///< the words of its file's name
    std::string file;
    std::string_view sql;
    std::string checksum; ///< of `sql`
};

/// Reads the migrations of one dialect ("sqlite", "mysql"), in order of their number, from files named V###__words.sql
/// (for all) or V###__words.<dialect>.sql. What is wrong with the names, a gap from 1 on, or a number that is there
/// twice is added to `faults`.
std::vector<Migration> readMigrations(std::span<const zoco_resource> files, std::string_view dialect,
                                      std::vector<std::string>& faults);

/// FNV-1a of 64 bits, in hexadecimal: tells an edited file from the applied one; no protection against forgery.
std::string checksumOf(std::string_view text);

} // namespace zoco::gestorbbdd
