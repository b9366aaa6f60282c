#pragma once

#include "OperationSpec.h"

#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// What a file of operations holds, and what is wrong with it ("productos.sql:12: ...").
struct OperationFile
{
    std::vector<OperationSpec> operations;
    std::vector<std::string> faults;
};

/// Reads a file of operations (README.md, "Operations"). Operations are only to be used when there is no fault.
OperationFile parseOperationFile(std::string_view file, std::string_view text);

} // namespace zoco::gestorbbdd
