#pragma once

#include "ImportJob.h"

#include <string>
#include <string_view>
#include <vector>

namespace catalogo
{

/// The arguments of `zoco import productos`, read.
struct ImportOptions
{
    bool isHelp = false;
    bool isDryRun = false;
    std::string moneda;            ///< empty: the shop's
    std::string pictureFolder;     ///< absolute; empty: none
    std::vector<ImportFile> files; ///< relative names made absolute for opening
    std::string fault;             ///< not empty: wrong usage

    /// Relative names start in `workingFolder`.
    static ImportOptions parse(const std::vector<std::string_view>& args, std::string_view workingFolder);
};

} // namespace catalogo
