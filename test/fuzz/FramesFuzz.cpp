#include "placement/process/CallMessages.h"
#include "placement/process/Messages.h"
#include "placement/wire/FrameChannel.h"

#include <sys/socket.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace
{

using namespace zoco::host;

/// The payload as each message whose reader can be had alone; the first byte says which.
void readAs(std::uint8_t which, std::string_view payload)
{
    static const PluginIdentity identity{"a", "1.0.0", 1, false, {"a.b/1"}, {}, {}, nullptr, false};
    if (which % 8 == 0) return WireRequest().unpack(payload);
    Unpacker in(payload);
    ValueLists lists;
    std::vector<zoco_pair> pairs;
    std::vector<zoco_value> values;
    switch (which % 8)
    {
    case 1:
        return WireCall().unpack(in);
    case 2:
        return (void)playResult(in, nullptr);
    case 3:
        return (void)PluginFile::unpack(in);
    case 4:
        return (void)unpackRegistration(in, identity);
    case 5:
        return (void)unpackConfig(in);
    case 6:
        return (void)unpackProblem(in, pairs);
    default:
        in.values(values, lists);
        return (void)in.value(lists);
    }
}

/// The payload as a stream that ends, cut into frames.
void readStream(std::uint8_t which, std::string_view stream)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) std::abort();
    FrameChannel channel{UniqueFd(ends[0])};
    {
        const UniqueFd theirs(ends[1]);
        if (::send(theirs.get(), stream.data(), stream.size(), MSG_NOSIGNAL) < 0) std::abort();
    }
    (void)channel.read([&](std::string_view frame) { readAs(which, frame); });
}

} // namespace

/// Bytes from a peer, as one message or, by the first bit, as a stream of them: read, or refused as malformed; never a
/// crash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0 || size > 32u << 10) return 0; // what a socket takes at once
    const std::string payload(reinterpret_cast<const char*>(data + 1), size - 1);
    if (data[0] >= 0x80)
    {
        readStream(data[0], payload);
        return 0;
    }
    try
    {
        readAs(data[0], payload);
    }
    catch (const MalformedFrame&)
    {
    }
    return 0;
}
