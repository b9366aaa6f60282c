#include "KeyCommands.h"

#include "app/Startup.h"
#include "app/Table.h"
#include "zoco/Problem.h"

#include <chrono>

namespace zoco::host
{

namespace
{

using Rotation = KeyState::Rotation;

constexpr const char* kHelp =
    R"(zoco keys list                      the keys, which one seals, and how far a rotation is
zoco keys rotate [--without PLUGIN]  make a new key active, and seal everything again under it
zoco keys retire ID                  forget a key under which nothing is sealed any more
zoco keys add                        make a key that opens and does not seal yet
zoco keys activate ID                seal with this key from now on
zoco keys reload                     read the keys anew, after their file was changed

A rotation goes through all that plugins keep, page by page, while the shop serves. It goes on by itself after a crash or a
restart, and zoco keys rotate then shows it; Ctrl-C ends the showing, not the rotation of a host that serves. --without gives
up what a plugin keeps that does not run any more.

Several hosts on one database have the same keys. To rotate: add on one, bring its keys file to the others and reload there,
activate on each, then rotate on each, and at last retire on each.)";

void out(zoco_terminal& terminal, const std::string& line) { terminal.out(&terminal, str(line)); }

int wrongUsage(zoco_terminal& terminal, const std::string& why)
{
    terminal.error(&terminal, str(why + "; zoco keys tells more"));
    return kWrongUsage;
}

void show(zoco_terminal& terminal, const RotatorState& r)
{
    terminal.progress(&terminal, r.done, std::max(r.done, r.total), str(r.plugin + ' ' + r.name));
}

std::string stateOf(const KeyState& state)
{
    switch (state.rotation)
    {
    case Rotation::Pending:
        return "not everything is sealed under the active key; zoco keys rotate does it";
    case Rotation::Running:
        return "a rotation to the active key is under way";
    default:
        return "everything is sealed under the active key";
    }
}

} // namespace

std::vector<CommandInfo> KeyCommands::infos()
{
    const auto info = [](const char* name, const char* summary) { return CommandInfo{name, summary, kHelp, "host"}; };
    return {info("keys", "what is there for keys"),
            info("keys list", "the keys that fields are sealed with"),
            info("keys rotate", "seal everything again under a new key"),
            info("keys retire", "forget a key"),
            info("keys add", "make a key"),
            info("keys activate", "seal with another key"),
            info("keys reload", "read the keys anew")};
}

std::vector<PluginCommand> KeyCommands::commands()
{
    constexpr decltype(PluginCommand::run) kRuns[] = {&entry<&KeyCommands::help>,   &entry<&KeyCommands::list>,
                                                      &entry<&KeyCommands::rotate>, &entry<&KeyCommands::retire>,
                                                      &entry<&KeyCommands::add>,    &entry<&KeyCommands::activate>,
                                                      &entry<&KeyCommands::reload>};
    std::vector<PluginCommand> all;
    for (const auto& info : infos())
        all.push_back({info.name, info.summary, info.help, info.plugin, kRuns[all.size()], this});
    return all;
}

template <KeyCommands::Run run>
int32_t KeyCommands::entry(void* self, const zoco_command_call* call)
try
{
    std::vector<std::string> args;
    for (std::uint32_t i = 0; i < call->arg_count; ++i) args.emplace_back(view(call->args[i]));
    return (static_cast<KeyCommands*>(self)->*run)(args, *call->terminal);
}
catch (const std::exception& e)
{
    call->terminal->error(call->terminal, str(e.what()));
    return kFailed;
}

int KeyCommands::help(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    out(terminal, kHelp);
    return args.empty() ? kDone : kWrongUsage;
}

int KeyCommands::list(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    if (!args.empty()) return wrongUsage(terminal, "zoco keys list takes no argument");
    const auto status = _rotation.status();
    if (status.keys.isClear())
    {
        out(terminal, "nothing is sealed here, since ZOCO_HOST_KEYS is \"clear\"");
        return kDone;
    }
    Table table({"KEY", "MADE", "USE"});
    for (const auto& key : status.keys.keys())
        table.add({keyIdText(key.id), key.created.empty() ? "-" : key.created,
                   &key == status.keys.active() ? "seals and opens" : "opens"});
    out(terminal, table.text());
    out(terminal, stateOf(status.state));
    if (status.state.rotation == Rotation::Running)
        for (const auto& r : status.state.rotators)
            out(terminal, "  " + r.plugin + ' ' + r.name + ": " + std::to_string(r.done) + " of " +
                              std::to_string(r.total) + (r.isOver ? ", over" : ""));
    if (!status.trouble.empty()) out(terminal, "it waits: " + status.trouble);
    return kDone;
}

int KeyCommands::rotate(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    const bool hasWithout = args.size() == 2 && args[0] == "--without";
    if (!args.empty() && !hasWithout) return wrongUsage(terminal, "zoco keys rotate takes --without PLUGIN only");
    const auto id = _rotation.rotate(hasWithout ? args[1] : std::string());
    out(terminal, "the key " + keyIdText(id) + " seals; what other keys sealed is sealed again");
    std::string trouble;
    for (;;)
    {
        const auto status = _rotation.waitForNews(std::chrono::milliseconds(200));
        if (status.state.rotation != Rotation::Running)
        {
            out(terminal, stateOf(status.state));
            return status.state.rotation == Rotation::Over ? kDone : kFailed;
        }
        for (const auto& r : status.state.rotators)
            if (!r.isOver)
            {
                show(terminal, r);
                break;
            }
        if (!status.trouble.empty() && status.trouble != trouble)
            terminal.error(&terminal, str("it waits: " + status.trouble));
        trouble = status.trouble;
        if (terminal.is_cancelled(&terminal) == 0) continue;
        out(terminal, "it is not over, and goes on in a host that serves; zoco keys list tells how far it is");
        return kFailed;
    }
}

int KeyCommands::retire(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    const auto id = args.size() == 1 ? keyIdFrom(args[0]) : 0;
    if (id == 0) return wrongUsage(terminal, "zoco keys retire wants the id of a key");
    _rotation.retire(id,
                     [&](const RotatorState& r)
                     {
                         show(terminal, r);
                         return terminal.is_cancelled(&terminal) == 0;
                     });
    out(terminal, "the key " + keyIdText(id) + " is forgotten; take it out of other places where it is kept");
    return kDone;
}

int KeyCommands::add(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    if (!args.empty()) return wrongUsage(terminal, "zoco keys add takes no argument");
    out(terminal, "the key " + keyIdText(_rotation.add()) + " opens; zoco keys activate makes it the one that seals");
    return kDone;
}

int KeyCommands::activate(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    const auto id = args.size() == 1 ? keyIdFrom(args[0]) : 0;
    if (id == 0) return wrongUsage(terminal, "zoco keys activate wants the id of a key");
    _rotation.activate(id);
    out(terminal, "the key " + keyIdText(id) + " seals; " + stateOf(_rotation.status().state));
    return kDone;
}

int KeyCommands::reload(const std::vector<std::string>& args, zoco_terminal& terminal)
{
    if (!args.empty()) return wrongUsage(terminal, "zoco keys reload takes no argument");
    out(terminal, _rotation.reload() ? "the keys were read anew" : "the keys are the same as before");
    return kDone;
}

} // namespace zoco::host
