#pragma once

#include "OperationSpec.h"
#include "OperationStats.h"

#include <cstdint>
#include <string>
#include <vector>

namespace zoco::gestorbbdd
{

/// What the engine found when it prepared an operation.
struct OperationFacts
{
    bool isRead = false;
    std::vector<std::string> columns; ///< names of the columns it yields; a reference of a group may name one
};

/// An operation of an attached plugin, checked and ready to run. Shared by all threads, never changed.
struct Operation
{
    Operation(std::uint64_t uniqueId, std::string qualifiedName, OperationSpec s, OperationFacts f)
        : id(uniqueId), fullName(std::move(qualifiedName)), spec(std::move(s)), facts(std::move(f))
    {
    }

    const std::uint64_t id;     ///< never used again: connections keep statements by it
    const std::string fullName; ///< plugin.operation
    const OperationSpec spec;
    const OperationFacts facts;
    mutable OperationStats stats;
};

} // namespace zoco::gestorbbdd
