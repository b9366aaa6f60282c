#pragma once

#include "core/config/Config.h"
#include "placement/PluginInstance.h"
#include "placement/wire/Packer.h"
#include "placement/wire/Peer.h"
#include "placement/wire/Unpacker.h"

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Frames between a host and the process of one of its plugins. Both are of the same program version or differ by
/// kWireVersion, which the first answer carries: a host refuses another one.
inline constexpr std::uint64_t kWireVersion = 6;

enum class Frame : std::uint32_t
{
    Reply = kReplyFrame,

    // host to plugin
    Open = 10, ///< asks: limits and library; its answer describes the plugin
    Setup,     ///< asks: settings
    Step,      ///< asks: a step of its life
    Invoke,    ///< a request
    Attach,    ///< asks: a consumer of a service that the plugin offers
    Detach,    ///< asks
    Command,   ///< asks: runs a command
    Query,     ///< asks: which handlers run past their deadline
    Event,     ///< of one of the plugin's subscriptions; Handled answers it
    Keys,      ///< asks: to use these from now on
    Rotate,    ///< asks: a page of a rotator

    // both ways, each about the other side's services
    Resolve = 30, ///< asks
    Call,         ///< asks

    // plugin to host
    Answer = 40, ///< of a request
    Problem,     ///< likewise
    End,         ///< a handler returned without an answer, or its responder was dropped
    Refuse,      ///< no room for a request
    Log,
    Misuse,      ///< the plugin broke the contract
    IsCancelled, ///< asks: does anybody wait for this request's answer?
    Terminal,    ///< asks: a line of a running command
    Figures,     ///< of the plugin's metrics: what has changed
    Publish,     ///< asks: an event
    Handled      ///< an event, or there is no room for it just now
};

/// A step as the frame names it.
enum class LifeStep : std::uint32_t
{
    Create = 1,
    Init,
    Start,
    SaveState,
    LoadState,
    Health,
    Open,
    Stop,
    Destroy
};

Packer frame(Frame type, std::uint64_t id, std::size_t sizeHint = 256);

/// What a library says of itself, in memory of our own: it was opened in another process.
struct PluginFile
{
    PluginIdentity identity; ///< its resources point into this object
    std::string configSchema;
    std::string path; ///< the copy that was opened
    std::vector<std::string> needed;

    void pack(Packer& out) const;
    static std::shared_ptr<const PluginFile> unpack(Unpacker& in);

private:
    std::deque<std::string> _texts;
    std::vector<zoco_resource> _resources;
};

void packIdentity(Packer& out, const PluginIdentity& identity);

/// Resources that a provider or the host reads; "file" stays with the plugin. `texts` keeps what `out` points to.
void packResources(Packer& out, const zoco_resource* resources);
void unpackResources(Unpacker& in, std::vector<zoco_resource>& out, std::deque<std::string>& texts);

void packStrings(Packer& out, const std::vector<std::string>& texts);
std::vector<std::string> unpackStrings(Unpacker& in);

void packRegistration(Packer& out, const Registration& registration);
/// Handlers, commands and providers are left null.
Registration unpackRegistration(Unpacker& in, const PluginIdentity& identity);

void packConfig(Packer& out, const Config& config);
Config unpackConfig(Unpacker& in);

void packProblem(Packer& out, const zoco_problem& problem);
/// Views into the frame; `errors` keeps the pairs.
zoco_problem unpackProblem(Unpacker& in, std::vector<zoco_pair>& errors);

/// A deadline travels as the time that is left, since clocks may differ; 0 stays 0.
void packDeadline(Packer& out, std::int64_t deadlineNs);
std::int64_t unpackDeadline(Unpacker& in);

} // namespace zoco::host
