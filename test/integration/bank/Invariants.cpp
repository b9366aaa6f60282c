#include "integration/bank/Invariants.h"

#include "support/Eventually.h"

#include <algorithm>
#include <map>

namespace zoco::test
{

namespace
{

using Fate = Transfer::Fate;

struct Entry
{
    std::int64_t from, to, amount;
};

/// The part of the ledger that these transfers may have written.
std::map<std::int64_t, Entry> entriesOf(const Evidence& evidence)
{
    std::map<std::int64_t, Entry> out;
    if (evidence.transfers.empty()) return out;
    const auto byId = [](const Transfer& a, const Transfer& b) { return a.id < b.id; };
    const auto [first, last] = std::minmax_element(evidence.transfers.begin(), evidence.transfers.end(), byId);
    for (const auto& row : evidence.query("SELECT id, de, a, importe FROM banco_asientos WHERE id BETWEEN " +
                                          std::to_string(first->id) + " AND " + std::to_string(last->id)))
        out[std::stoll(row[0])] = {std::stoll(row[1]), std::stoll(row[2]), std::stoll(row[3])};
    return out;
}

std::string sumIsKept(const Evidence& evidence)
{
    const auto sum = sumOfBalances(evidence.query);
    return sum == kAccounts * kOpening ? "" : std::to_string(sum);
}

std::string everyAcknowledgedIsThere(const Evidence& evidence)
{
    const auto entries = entriesOf(evidence);
    for (const auto& transfer : evidence.transfers)
    {
        if (transfer.fate != Fate::Acknowledged) continue;
        const auto found = entries.find(transfer.id);
        if (found == entries.end()) return std::to_string(transfer.id) + " is lost";
        const auto& [from, to, amount] = found->second;
        if (from != transfer.from || to != transfer.to || amount != transfer.amount)
            return std::to_string(transfer.id) + " is another";
    }
    return {};
}

std::string noneIsThereThatDidNotHappen(const Evidence& evidence)
{
    const auto found = foundWith(Fate::Refused, evidence);
    return found == 0 ? "" : std::to_string(found);
}

/// Each balance is what the ledger makes of the opening one.
std::string noneIsHalfThere(const Evidence& evidence)
{
    const auto wrong =
        evidence.query("SELECT id, SUM(d) FROM (SELECT id, saldo - " + std::to_string(kOpening) +
                       " AS d FROM banco_cuentas UNION ALL SELECT de, importe FROM banco_asientos "
                       "UNION ALL SELECT a, -importe FROM banco_asientos) AS t GROUP BY id HAVING SUM(d) <> 0");
    return wrong.empty() ? "" : "account " + wrong[0][0] + " is off by " + wrong[0][1];
}

/// At the end of what is under way.
std::string everyTransferIsHeard(const Evidence& evidence)
{
    Rows missing;
    const auto isHeard = [&]
    {
        missing = evidence.query("SELECT id FROM banco_asientos WHERE id NOT IN (SELECT id FROM banco_oidos)");
        return missing.empty();
    };
    return eventually(isHeard) ? "" : missing[0][0] + " and " + std::to_string(missing.size() - 1) + " more are not";
}

std::string nothingElseIsHeard(const Evidence& evidence)
{
    const auto others = evidence.query("SELECT id FROM banco_oidos WHERE id NOT IN (SELECT id FROM banco_asientos)");
    return others.empty() ? "" : others[0][0];
}

/// Under one number always the same, and each transfer under one number alone.
std::string numbersStay(const Evidence& evidence)
{
    const auto twice = evidence.query("SELECT id FROM banco_oidos GROUP BY id HAVING MIN(numero) <> MAX(numero)");
    return twice.empty() ? "" : twice[0][0];
}

/// Answers that are repeated belong here, too.
constexpr struct
{
    const char* name;
    std::string (*fault)(const Evidence&);
} kInvariants[] = {
    {"the sum is kept", sumIsKept},
    {"every acknowledged transfer is there", everyAcknowledgedIsThere},
    {"none is there that did not happen", noneIsThereThatDidNotHappen},
    {"none is half there", noneIsHalfThere},
    {"every transfer is heard of", everyTransferIsHeard},
    {"nothing is heard of that did not happen", nothingElseIsHeard},
    {"numbers of events stay", numbersStay},
};

} // namespace

std::string faultOf(const Evidence& evidence)
{
    for (const auto& invariant : kInvariants)
        if (const auto fault = invariant.fault(evidence); !fault.empty())
            return std::string(invariant.name) + ": " + fault;
    return {};
}

std::size_t foundWith(Transfer::Fate fate, const Evidence& evidence)
{
    const auto entries = entriesOf(evidence);
    return static_cast<std::size_t>(std::count_if(evidence.transfers.begin(), evidence.transfers.end(),
                                                  [&](const Transfer& t)
                                                  { return t.fate == fate && entries.count(t.id) > 0; }));
}

std::int64_t sumOfBalances(const Query& query)
{
    return std::stoll(query("SELECT SUM(saldo) FROM banco_cuentas").at(0).at(0));
}

} // namespace zoco::test
