#include "Checks.h"
#include "ElfTables.h"
#include "Trial.h"

#include "plugins/ElfInfo.h"

#include <algorithm>
#include <array>

namespace zoco::host::trial
{

namespace
{

constexpr std::string_view kDatabasePlugin = "gestorbbdd"; // the one that may talk to a database

constexpr std::array<std::string_view, 9> kDatabases{"libsqlite3.", "libmysqlclient.", "libmariadb.",
                                                     "libpq.",      "libPocoData",     "libodbc",
                                                     "libmysql",    "libmongo",        "libhiredis"};
/// What needs no remark.
constexpr std::array<std::string_view, 13> kUsual{
    "libc.so",     "libm.so", "libdl.so",  "librt.so",     "libpthread.so", "ld-linux", "libstdc++.so",
    "libgcc_s.so", "libc++",  "libssl.so", "libcrypto.so", "libPoco",       "libz.so"};

template <class List>
bool beginsWithOneOf(std::string_view name, const List& list)
{
    return std::any_of(list.begin(), list.end(), [&](std::string_view prefix) { return name.starts_with(prefix); });
}

/// A sanitizer's run-time is the builder's tool.
bool isSanitizer(std::string_view name)
{
    return name.find("asan.so") != name.npos || name.find("san.so") != name.npos;
}

/// The exported symbols beside zoco_entry, the first few by name.
std::string strayExports(const ElfTables& tables)
{
    constexpr std::size_t kShown = 5;
    std::string out;
    std::size_t count = 0;
    for (const auto& symbol : tables.exported)
    {
        if (symbol.isLocal || symbol.name == "zoco_entry") continue;
        if (++count <= kShown) out += (out.empty() ? "" : ", ") + symbol.name;
    }
    return count > kShown ? out + " and " + std::to_string(count - kShown) + " more" : out;
}

} // namespace

/// Looks at the file alone. Database libraries are told from the rest by the plugin's id, for which the library is
/// loaded only when it needs one.
Finding checkLinkage(Trial& trial)
{
    trial.step("reading the file");
    const auto info = ElfInfo::read(trial.path());
    if (!info) return Finding::failed(info.problem().detail);
    if (auto why = foreignPoco(*info); !why.empty()) return Finding::failed(std::move(why));
    std::string remark;
    for (const auto& needed : info->needed)
    {
        if (beginsWithOneOf(needed, kDatabases))
        {
            if (!trial.load().empty() || trial.library().identity.id != kDatabasePlugin)
                return Finding::failed("it needs " + needed + ", but only " + std::string(kDatabasePlugin) +
                                       " talks to a database; use the service zoco.data/1");
        }
        else if (!beginsWithOneOf(needed, kUsual) && !isSanitizer(needed))
            remark += (remark.empty() ? "it also needs " : ", ") + needed;
    }
    if (const auto stray = strayExports(ElfTables::read(trial.path())); !stray.empty())
        return Finding::failed("it exports more than zoco_entry: " + stray +
                               "; build it with hidden visibility and the version script of zoco_add_plugin()");
    return Finding::ok(std::move(remark));
}

} // namespace zoco::host::trial
