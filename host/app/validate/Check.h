#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace zoco::host::trial
{

class Trial;

/// What came of one check. A value.
struct Finding
{
    enum class Kind
    {
        Ok = 1,
        Failed,
        Skipped
    };

    Kind kind = Kind::Ok;
    std::string reason; ///< why it failed or was skipped; for one that is ok a remark, mostly empty

    static Finding ok(std::string remark = {}) { return {Kind::Ok, std::move(remark)}; }
    static Finding failed(std::string reason) { return {Kind::Failed, std::move(reason)}; }
    static Finding skipped(std::string reason) { return {Kind::Skipped, std::move(reason)}; }
    /// Failed with the fault, or ok when it is empty.
    static Finding of(std::string fault) { return fault.empty() ? ok() : failed(std::move(fault)); }
};

/// "ok", "FAILED" or "skipped".
std::string_view name(Finding::Kind kind) noexcept;

/// One thing that `zoco validate` looks at. Constant; CheckList.cpp lists them all.
struct Check
{
    std::string_view name;    ///< stable, kebab-case
    std::string_view summary; ///< one line for --list
    std::string_view after;   ///< a check without which this one means nothing; empty: none
    /// Runs in a process of its own, which may crash or hang. What it throws is a failure.
    Finding (*run)(Trial& trial);
};

} // namespace zoco::host::trial
