#include "Greeting.h"

#include "core/config/PluginId.h"
#include "placement/process/Messages.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace zoco::host
{

namespace
{

constexpr std::string_view kGreeting = "zoco-plugin ";
constexpr std::string_view kYes = "ok";
constexpr std::string_view kNo = "no ";
constexpr std::size_t kLine = 512; ///< bytes of a line at most

} // namespace

std::string Greeting::text() const { return std::string(kGreeting) + std::to_string(version) + ' ' + plugin + '\n'; }

bool Greeting::parse(const std::string& line, Greeting& out)
{
    std::string_view rest(line);
    if (!rest.starts_with(kGreeting)) return false;
    rest.remove_prefix(kGreeting.size());
    const auto* end = rest.data() + rest.size();
    const auto number = std::from_chars(rest.data(), end, out.version);
    if (number.ec != std::errc() || number.ptr == end || *number.ptr != ' ') return false;
    out.plugin.assign(number.ptr + 1, end);
    return isPluginId(out.plugin);
}

bool greet(TlsStream& node, const std::string& plugin, std::int64_t deadlineNs, std::string& fault)
{
    std::string answer;
    const bool isAnswered = node.send(Greeting{kWireVersion, plugin}.text(), deadlineNs, -1) &&
                            node.receiveLine(answer, kLine, deadlineNs, -1);
    if (!isAnswered)
        fault = node.fault();
    else if (answer.starts_with(kNo))
        fault = "the node says: " + answer.substr(kNo.size());
    else if (answer != kYes)
        fault = "what answers there is no node";
    return fault.empty();
}

bool takeGreeting(TlsStream& gateway, Greeting& out, std::int64_t deadlineNs, int stop, std::string& fault)
{
    std::string line;
    if (!gateway.receiveLine(line, kLine, deadlineNs, stop))
        fault = gateway.fault();
    else if (!Greeting::parse(line, out))
        fault = "it does not greet as a gateway does";
    else if (out.version != kWireVersion)
    {
        fault = "it speaks version " + std::to_string(out.version) + " of the protocol, this node " +
                std::to_string(kWireVersion);
        refuse(gateway, fault, deadlineNs, stop);
    }
    return fault.empty();
}

bool accept(TlsStream& gateway, std::int64_t deadlineNs, int stop)
{
    return gateway.send(std::string(kYes) + '\n', deadlineNs, stop);
}

void refuse(TlsStream& gateway, const std::string& why, std::int64_t deadlineNs, int stop)
{
    auto line = std::string(kNo) + why;
    for (auto& c : line)
        if (c == '\n') c = ' ';
    line.resize(std::min(line.size(), kLine));
    (void)gateway.send(line + '\n', deadlineNs, stop);
    gateway.shutdown();
    gateway.linger(stop);
}

} // namespace zoco::host
