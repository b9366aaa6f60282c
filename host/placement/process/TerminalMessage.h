#pragma once

#include "Messages.h"
#include "zoco/abi/commands.h"

namespace zoco::host
{

/// What a running command does to its terminal.
enum class TerminalAct : std::uint64_t
{
    Out = 1,
    Error,
    Progress,
    Ask ///< only whether it is cancelled
};

/// Does it; true when the operator has cancelled the command.
bool showOn(zoco_terminal& terminal, Unpacker& in);

/// The rest of a frame that showOn reads.
void packAct(Packer& out, TerminalAct act, zoco_str line, std::uint64_t done, std::uint64_t total);

} // namespace zoco::host
