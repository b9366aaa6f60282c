#pragma once

#include "zoco/Problem.h"
#include "zoco/abi/commands.h"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace zoco::testing
{

/// What a command did.
struct CommandResult
{
    int exitStatus = 0;
    std::vector<std::string> out;
    std::vector<std::string> error;
    std::vector<std::string> progress; ///< "done/total what"
};

/// zoco.commands/1: keeps the registered commands and runs them.
class FakeCommands
{
public:
    FakeCommands() : _table{sizeof(zoco_commands), this, &add} {}
    FakeCommands(const FakeCommands&) = delete;
    FakeCommands& operator=(const FakeCommands&) = delete;

    const zoco_commands* raw() const noexcept { return &_table; }

    bool has(const std::string& name) const { return _commands.contains(name); }

    /// Runs a command as `zoco NAME ARGS...` would; throws std::out_of_range when there is none of this name.
    /// `isCancelled`: the operator has pressed Ctrl-C. The shop is at http://localhost.
    CommandResult run(const std::string& name, const std::vector<std::string>& args = {},
                      const std::string& workingFolder = ".", bool isCancelled = false) const
    {
        const auto& command = _commands.at(name);
        Screen screen(isCancelled);
        std::vector<zoco_str> rawArgs;
        for (const auto& a : args) rawArgs.push_back(str(a));
        const zoco_command_call call{sizeof(zoco_command_call),
                                     static_cast<uint32_t>(rawArgs.size()),
                                     rawArgs.data(),
                                     str(workingFolder),
                                     &screen.terminal,
                                     str("http://localhost")};
        screen.result.exitStatus = command.run(command.ctx, &call);
        return screen.result;
    }

private:
    struct Screen
    {
        explicit Screen(bool cancelled)
            : isCancelled(cancelled), terminal{sizeof(zoco_terminal), this, &out, &error, &progress, &cancelledOf}
        {
        }
        Screen(const Screen&) = delete;
        Screen& operator=(const Screen&) = delete;

        static Screen& of(zoco_terminal* t) { return *static_cast<Screen*>(t->self); }
        static void out(zoco_terminal* t, zoco_str line) { of(t).result.out.emplace_back(view(line)); }
        static void error(zoco_terminal* t, zoco_str line) { of(t).result.error.emplace_back(view(line)); }
        static void progress(zoco_terminal* t, uint64_t done, uint64_t total, zoco_str what)
        {
            of(t).result.progress.push_back(std::to_string(done) + "/" + std::to_string(total) + " " +
                                            std::string(view(what)));
        }
        static int32_t cancelledOf(zoco_terminal* t) { return of(t).isCancelled ? 1 : 0; }

        bool isCancelled;
        CommandResult result;
        zoco_terminal terminal;
    };

    static zoco_status add(void* self, const zoco_command* command)
    {
        if (command->name == nullptr || command->run == nullptr) return ZOCO_E_INVALID;
        const bool isNew = static_cast<FakeCommands*>(self)->_commands.emplace(command->name, *command).second;
        return isNew ? ZOCO_OK : ZOCO_E_INVALID;
    }

    zoco_commands _table;
    std::map<std::string, zoco_command> _commands;
};

} // namespace zoco::testing
