#pragma once

#include "zoco/Services.h"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// Accounts whose time is over: conservacion.sql. Times in microseconds. What begins with `add` adds a step to the
/// caller's group, which fails when the account is no longer such a one. [any-thread]
class ConservacionRepository
{
public:
    explicit ConservacionRepository(const zoco::Service& data);

    /// An account, in the order of pages: by when it was used last.
    struct Usada
    {
        std::int64_t usado = 0;
        std::string id;
    };
    using Page = zoco::Result<std::vector<Usada>>;

    /// Until when an account was used last, and its owner told, for it to go now.
    struct Plazo
    {
        std::int64_t before;
        std::int64_t warnedBefore;
        std::int64_t now;
    };

    /// At most `limit` accounts that nobody could ever log in to, made before `before`, behind `after`.
    Page withoutPassword(std::int64_t before, const Usada& after, int limit) const;
    /// Customers' accounts that nobody logged in to since `before`, nor is logged in to now, and whose owners were not
    /// told. Those that an operator disabled are none.
    Page toWarn(std::int64_t before, std::int64_t now, const Usada& after, int limit) const;
    /// The same, whose owners were told in time.
    Page unused(const Plazo& plazo, const Usada& after, int limit) const;

    void addUse(zoco::Group& group, std::string_view usuario, std::int64_t now) const;
    void addWarned(zoco::Group& group, std::string_view usuario, std::int64_t before, std::int64_t now) const;
    /// First steps of a deletion: what is asked about is there no more when the others have run.
    void addClaimWithoutPassword(zoco::Group& group, std::string_view usuario) const;
    void addClaimUnused(zoco::Group& group, std::string_view usuario, const Plazo& plazo) const;

private:
    Page page(const zoco::Operation& operation, std::initializer_list<zoco::Value> values) const;

    const zoco::Service& _data;
    zoco::Operation _use, _withoutPassword, _toWarn, _warn, _unused, _claimWithoutPassword, _claimUnused;
};

} // namespace usuarios
