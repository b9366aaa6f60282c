#pragma once

#include "integration/bank/Tellers.h"

#include <functional>
#include <string>
#include <vector>

namespace zoco::test
{

/// Asks the database itself, beside the host.
using Rows = std::vector<std::vector<std::string>>;
using Query = std::function<Rows(const std::string& sql)>;

/// What is known when all is up again: what the clients asked for lately, and the database.
struct Evidence
{
    const std::vector<Transfer>& transfers;
    const Query& query;
};

/// The first thing that must hold whatever was killed, and does not: "name: what". Empty: all hold. A further one is a
/// line in the table in Invariants.cpp.
std::string faultOf(const Evidence& evidence);

/// How many of the transfers with this fate are in the ledger.
std::size_t foundWith(Transfer::Fate fate, const Evidence& evidence);
std::int64_t sumOfBalances(const Query& query);

} // namespace zoco::test
