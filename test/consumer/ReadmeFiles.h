#pragma once

#include <map>
#include <string>
#include <string_view>

namespace zoco::test
{

/// What a README shows of code, by name: whole files, each a fenced block after a line "`name`:", and fragments, each
/// after a line "<!-- in init -->" or the like, which are named "in init" and a number.
std::map<std::string, std::string> readmeFiles(std::string_view readme);

} // namespace zoco::test
