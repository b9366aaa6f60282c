#pragma once

#include <string_view>

namespace zoco::host
{

/// Content-Type for a file name, by its ending; application/octet-stream when unknown.
std::string_view mimeType(std::string_view fileName) noexcept;

} // namespace zoco::host
