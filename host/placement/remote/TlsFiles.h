#pragma once

#include <string>

namespace zoco::host
{

/// Where one side of a link between gateway and node has what it shows and what it trusts: PEM files. A value.
struct TlsFiles
{
    std::string certificate; ///< its own, and those between it and the authority
    std::string key;         ///< of the certificate; a file that only its owner may read
    std::string authority;   ///< whose certificates the other side may show, and no others
};

} // namespace zoco::host
