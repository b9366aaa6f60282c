#include "HostedCommands.h"

#include "TerminalMessage.h"
#include "core/Clock.h"

#include <atomic>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kSlowNs = 60'000'000'000; ///< for a terminal to take a line

/// The terminal of one command: every line is a question, so that a slow operator holds the command up.
class HostedTerminal
{
public:
    HostedTerminal(Peer& peer, std::uint64_t command)
        : _peer(peer), _command(command), _raw{sizeof(zoco_terminal), this, &out, &error, &progress, &isCancelled}
    {
    }
    zoco_terminal* raw() noexcept { return &_raw; }

private:
    static HostedTerminal& self(zoco_terminal* terminal) { return *static_cast<HostedTerminal*>(terminal->self); }
    static void out(zoco_terminal* t, zoco_str line) { (void)self(t).ask(TerminalAct::Out, line, 0, 0); }
    static void error(zoco_terminal* t, zoco_str line) { (void)self(t).ask(TerminalAct::Error, line, 0, 0); }
    static void progress(zoco_terminal* t, uint64_t done, uint64_t total, zoco_str what)
    {
        (void)self(t).ask(TerminalAct::Progress, what, done, total);
    }
    static int32_t isCancelled(zoco_terminal* t) { return self(t).ask(TerminalAct::Ask, {"", 0}, 0, 0) ? 1 : 0; }

    bool ask(TerminalAct act, zoco_str line, std::uint64_t done, std::uint64_t total)
    {
        const auto id = _peer.nextId();
        auto question = frame(Frame::Terminal, id);
        question.number(_command);
        packAct(question, act, line, done, total);
        std::string reply;
        const auto asked = _peer.ask(id, question.finish(), steadyNs() + kSlowNs, reply);
        return asked != Asked::Answered || Unpacker(reply).boolean();
    }

    Peer& _peer;
    const std::uint64_t _command;
    zoco_terminal _raw;
};

} // namespace

void HostedCommands::run(std::string_view payload, const std::vector<PluginCommand>& commands)
{
    Unpacker in(payload);
    HostedTerminal terminal(_peer, in.number());
    const auto index = in.number();
    const auto folder = in.str();
    const auto shop = in.str();
    std::vector<zoco_str> args;
    for (auto left = in.list(); left > 0; --left) args.push_back(in.str());
    const zoco_command_call call{
        sizeof(zoco_command_call), static_cast<uint32_t>(args.size()), args.data(), folder, terminal.raw(), shop};
    const auto status = index < commands.size() ? commands[index].run(commands[index].context, &call) : 1;
    (void)_peer.send(frame(Frame::Reply, in.id()).integer(status).finish());
}

} // namespace zoco::host
