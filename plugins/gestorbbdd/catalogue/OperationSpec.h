#pragma once

#include "ParamSpec.h"
#include "SqlTemplate.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace zoco::gestorbbdd
{

enum class Returns
{
    One = 1,  ///< no row or one; a second is an error
    Many,     ///< any number of rows
    Affected, ///< no rows, only how many changed
};

enum class Access
{
    Own = 1,
    Published, ///< other plugins may call it as "plugin.operation"
    Host,      ///< the host itself may, and no plugin
};

/// A named operation as its file says it. A value.
struct OperationSpec
{
    std::string name;
    std::vector<ParamSpec> params;
    Returns returns = Returns::Many;
    Access access = Access::Own;
    bool isIdempotent = false;
    bool mayReadReplica = false;    ///< a copy of the data that is a little behind will do
    bool isOutbox = false;          ///< writes an event that the host is told of
    std::optional<Dialect> dialect; ///< only for these engines; none = for all
    std::int64_t timeoutMs = 0;     ///< limit of a call with it; 0 = that of all
    SqlTemplate sql;                ///< one statement, without the final ';'
    std::string file;
    int line = 0;    ///< of its header
    int sqlLine = 0; ///< where `sql` begins
};

} // namespace zoco::gestorbbdd
