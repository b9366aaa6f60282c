#pragma once

#include <cstddef>

namespace zoco::host
{

/// How many connections the system's limit of open files leaves room for, at most `wanted`; some files are kept for
/// everything else, and each connection may be sending one. Raises this process's limit first, as far as it may.
std::size_t fittingConnections(std::size_t wanted) noexcept;

} // namespace zoco::host
