#include "CommandProxies.h"

#include "TerminalMessage.h"
#include "core/Clock.h"
#include "zoco/Problem.h"

namespace zoco::host
{

namespace
{
constexpr std::int64_t kCommandRestartNs = 5'000'000'000;           ///< that a command waits for a process
constexpr std::int64_t kForeverNs = 365ll * 86'400 * 1'000'000'000; ///< a command takes as long as it takes
} // namespace

CommandProxies::~CommandProxies() = default;

void CommandProxies::fill(std::vector<PluginCommand>& commands)
{
    _proxies.clear();
    for (auto& command : commands)
    {
        _proxies.push_back(std::make_unique<Proxy>(Proxy{this, _proxies.size()}));
        command.run = &run;
        command.context = _proxies.back().get();
    }
}

int32_t CommandProxies::run(void* raw, const zoco_command_call* call)
try
{
    const auto& proxy = *static_cast<Proxy*>(raw);
    return proxy.owner->ask(proxy.index, *call);
}
catch (const std::exception&)
{
    return 1;
}

int32_t CommandProxies::ask(std::uint64_t index, const zoco_command_call& call)
{
    const auto fail = [&](std::string_view why)
    {
        call.terminal->error(call.terminal, str(why));
        return 1;
    };
    const auto link = _links.awaitLink(steadyNs() + kCommandRestartNs);
    if (link == nullptr) return fail("the plugin's process is not up");
    const auto command = std::make_shared<Running>();
    command->terminal = call.terminal;
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(_mutex);
        number = ++_lastNumber;
        _running.emplace(number, command);
    }
    const auto id = link->peer().nextId();
    auto out = frame(Frame::Command, id);
    out.number(number).number(index).text(call.working_folder).text(call.public_url).list(call.arg_count);
    for (uint32_t i = 0; i < call.arg_count; ++i) out.text(call.args[i]);
    std::string reply;
    const auto asked = link->peer().ask(id, out.finish(), steadyNs() + kForeverNs, reply);
    {
        const std::lock_guard lock(_mutex);
        _running.erase(number);
    }
    const std::lock_guard lock(command->mutex);
    command->terminal = nullptr;
    if (asked != Asked::Answered) return fail("the plugin's process ended before the command did");
    return static_cast<int32_t>(Unpacker(reply).integer());
}

void CommandProxies::take(PluginLink& link, std::string_view payload, UsedServices& pool)
{
    Unpacker in(payload);
    auto job = std::make_unique<Job>(Job{nullptr, link.shared_from_this(), std::string(payload)});
    {
        const std::lock_guard lock(_mutex);
        const auto found = _running.find(in.number());
        if (found != _running.end()) job->command = found->second;
    }
    if (job->command != nullptr && pool.post({&show, job.get()}))
        (void)job.release();
    else
        (void)link.peer().send(frame(Frame::Reply, in.id()).boolean(true).finish()); // to nobody: cancelled
}

void CommandProxies::show(void* raw)
{
    const std::unique_ptr<Job> job(static_cast<Job*>(raw));
    try
    {
        Unpacker in(job->payload);
        (void)in.number(); // of the command
        bool isCancelled = true;
        {
            const std::lock_guard lock(job->command->mutex);
            if (job->command->terminal != nullptr) isCancelled = showOn(*job->command->terminal, in);
        }
        (void)job->link->peer().send(frame(Frame::Reply, in.id()).boolean(isCancelled).finish());
    }
    catch (const std::exception& e)
    {
        job->link->kill(std::string("it broke the protocol: ") + e.what());
    }
}

} // namespace zoco::host
