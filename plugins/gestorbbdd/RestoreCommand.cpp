#include "RestoreCommand.h"

#include <filesystem>
#include <system_error>

namespace zoco::gestorbbdd
{

namespace
{

int endWith(const Terminal& terminal, int status, const std::string& why)
{
    terminal.error(why);
    return status;
}

int fill(const CommandCall& call, Engine& engine)
{
    const auto source = (std::filesystem::path(call.workingFolder) / call.args[0]).lexically_normal().string();
    const CopyWatch watch{[&](std::uint64_t done, std::uint64_t total)
                          { call.terminal.progress(done, total, "database"); },
                          [&] { return call.terminal.isCancelled(); }};
    try
    {
        if (engine.restore(source, std::string(call.args[1]), watch)) return 0;
        return endWith(call.terminal, 1, "cancelled");
    }
    catch (const std::system_error& e)
    {
        const bool isTaken = e.code() == std::errc::file_exists;
        return endWith(call.terminal, 1,
                       isTaken ? "the database holds data; a restore wants an empty one" : e.code().message());
    }
}

} // namespace

const CommandOptions kRestoreCommand{"restore database", "fill an empty database", "zoco restore runs this."};

int runRestore(const CommandCall& call, Engine& engine)
{
    if (call.args.size() != 2) return endWith(call.terminal, 2, "a file and an id are wanted; zoco restore runs this");
    if (call.args[0] != "--finish") return fill(call, engine);
    engine.finishRestore(std::string(call.args[1]));
    return 0;
}

} // namespace zoco::gestorbbdd
