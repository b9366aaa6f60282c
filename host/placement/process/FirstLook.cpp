#include "FirstLook.h"

#include "PluginLink.h"
#include "core/AsyncFile.h"
#include "core/Log.h"

#include <system_error>

namespace zoco::host
{

std::string openFrame(const ProcessSpec& spec, std::uint64_t id)
{
    auto out = frame(Frame::Open, id);
    return out.text(spec.library).number(spec.memoryLimit).number(spec.descriptors).finish();
}

Result<std::shared_ptr<const PluginFile>> readPluginFile(const ProcessSpec& spec, std::chrono::milliseconds patience)
{
    const auto refused = [](std::string why)
    { return Problem{500, "internal", "Plugin refused", std::move(why), {}, ZOCO_E_INVALID}; };
    try
    {
        AsyncFile standardError("-");
        const Log log(standardError, LogLevel::Warning);
        Reaper reaper;
        PluginLink link(spec, {1, log.source("plugin." + spec.id)}, reaper,
                        [](PluginLink&, Unpacker&, std::string_view) { throw MalformedFrame("an unknown frame"); });
        link.startReading();
        std::string reply;
        std::string reason;
        const auto id = link.peer().nextId();
        if (!link.ask(id, openFrame(spec, id), patience, reply, reason)) return refused(reason);
        link.close();
        Unpacker in(reply);
        reason = in.string();
        if (!reason.empty()) return refused(reason);
        return PluginFile::unpack(in);
    }
    catch (const MalformedFrame& e)
    {
        return refused(std::string("it broke the protocol: ") + e.what());
    }
    catch (const std::system_error& e)
    {
        return refused(std::string("no process can be made: ") + e.what());
    }
}

} // namespace zoco::host
