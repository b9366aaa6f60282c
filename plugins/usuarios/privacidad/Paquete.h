#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace usuarios
{

/// A ZIP archive of files, by name and content. Throws Poco::Exception when it cannot be made.
std::string zipOf(const std::vector<std::pair<std::string, std::string>>& files);

} // namespace usuarios
