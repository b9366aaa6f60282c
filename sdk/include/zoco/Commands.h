#pragma once

#include "Log.h"
#include "detail/Barrier.h"
#include "zoco/abi/commands.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace zoco
{

/// The operator's terminal, during one command. [any-thread]
class Terminal
{
public:
    explicit Terminal(zoco_terminal* raw) noexcept : _raw(raw) {}
    void out(std::string_view line) const { _raw->out(_raw, str(line)); }
    void error(std::string_view line) const { _raw->error(_raw, str(line)); }
    void progress(std::uint64_t done, std::uint64_t total, std::string_view what) const
    {
        _raw->progress(_raw, done, total, str(what));
    }
    bool isCancelled() const { return _raw->is_cancelled(_raw) != 0; }

private:
    zoco_terminal* _raw;
};

/// One use of a command.
struct CommandCall
{
    std::vector<std::string_view> args;
    std::string_view workingFolder;
    Terminal terminal;
    /// The shop's address as browsers call it, without a '/' at its end; empty: not known, as to hosts of before.
    std::string_view publicUrl;
};

/// Texts live until `add` returns.
struct CommandOptions
{
    const char* name;    ///< one or two words
    const char* summary; ///< one line
    const char* help;    ///< the whole text for --help
};

/// Subcommands of `zoco` that the plugin brings. Lives as long as the plugin. [lifecycle, in init]
class Commands
{
public:
    /// Returns the exit status: 0 done, 1 failed, 2 wrong usage.
    using Run = std::function<int(const CommandCall&)>;

    Commands(const zoco_commands* table, Log log) noexcept : _table(table), _log(log) {}
    Commands(const Commands&) = delete;
    Commands& operator=(const Commands&) = delete;

    void add(const CommandOptions& options, Run run)
    {
        _bound.push_back({std::move(run), _log, options.name});
        const zoco_command raw{sizeof(zoco_command), options.name, options.summary,
                               options.help,         &trampoline,  &_bound.back()};
        if (_table->add(_table->self, &raw) != ZOCO_OK)
            throw ProblemException({500,
                                    "bad-command",
                                    "The host refused the command " + std::string(options.name),
                                    "",
                                    {},
                                    ZOCO_E_INVALID});
    }

private:
    struct Bound
    {
        Run run;
        Log log;
        std::string name;
    };

    static int32_t trampoline(void* ctx, const zoco_command_call* call)
    {
        const auto& bound = *static_cast<const Bound*>(ctx);
        int32_t exitStatus = 1;
        (void)detail::barrier(
            [&]
            {
                constexpr auto kEnd = offsetof(zoco_command_call, public_url) + sizeof(zoco_command_call::public_url);
                const auto shop = call->struct_size < kEnd ? std::string_view() : view(call->public_url);
                CommandCall c{{}, view(call->working_folder), Terminal(call->terminal), shop};
                for (std::uint32_t i = 0; i < call->arg_count; ++i) c.args.push_back(view(call->args[i]));
                exitStatus = bound.run(c);
                return ZOCO_OK;
            },
            [&](const char* what, const Problem* problem)
            {
                bound.log.error("command threw", {{"command", bound.name}, {"what", what}});
                const auto text =
                    str(problem != nullptr ? problem->title : std::string_view("the command failed; the log says why"));
                call->terminal->error(call->terminal, text);
            });
        return exitStatus;
    }

    const zoco_commands* _table;
    Log _log;
    std::deque<Bound> _bound;
};

} // namespace zoco
