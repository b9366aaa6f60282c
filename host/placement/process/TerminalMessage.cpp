#include "TerminalMessage.h"

namespace zoco::host
{

bool showOn(zoco_terminal& terminal, Unpacker& in)
{
    const auto act = static_cast<TerminalAct>(in.number(static_cast<std::uint64_t>(TerminalAct::Ask)));
    const auto line = in.str();
    const auto done = in.number();
    const auto total = in.number();
    if (act == TerminalAct::Out) terminal.out(&terminal, line);
    if (act == TerminalAct::Error) terminal.error(&terminal, line);
    if (act == TerminalAct::Progress) terminal.progress(&terminal, done, total, line);
    return terminal.is_cancelled(&terminal) != 0;
}

void packAct(Packer& out, TerminalAct act, zoco_str line, std::uint64_t done, std::uint64_t total)
{
    out.number(static_cast<std::uint64_t>(act)).text(line).number(done).number(total);
}

} // namespace zoco::host
