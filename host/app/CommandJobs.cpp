#include "CommandJobs.h"

#include "core/RandomId.h"
#include "zoco/Problem.h"

#include <chrono>

namespace zoco::host
{

namespace
{

constexpr std::size_t kMaxJobs = 8;
constexpr std::size_t kMaxEvents = 10'000; ///< of one job that nobody has fetched

/// The C face of the operator's terminal.
struct Sink
{
    const std::function<void(CommandEvent)>& onEvent;
    const std::atomic<bool>& isCancelled;

    static Sink& of(zoco_terminal* t) { return *static_cast<Sink*>(t->self); }
    static void out(zoco_terminal* t, zoco_str line)
    {
        of(t).onEvent({CommandEvent::Kind::Out, std::string(view(line)), 0, 0, 0});
    }
    static void error(zoco_terminal* t, zoco_str line)
    {
        of(t).onEvent({CommandEvent::Kind::Error, std::string(view(line)), 0, 0, 0});
    }
    static void progress(zoco_terminal* t, uint64_t done, uint64_t total, zoco_str what)
    {
        of(t).onEvent({CommandEvent::Kind::Progress, std::string(view(what)), done, total, 0});
    }
    static int32_t cancelled(zoco_terminal* t) { return of(t).isCancelled.load() ? 1 : 0; }
};

} // namespace

int runCommand(const PluginCommand& command, const std::vector<std::string>& args, const std::string& workingFolder,
               const std::atomic<bool>& isCancelled, const std::function<void(CommandEvent)>& onEvent,
               const std::string& publicUrl)
{
    Sink sink{onEvent, isCancelled};
    zoco_terminal terminal{sizeof(zoco_terminal), &sink, &Sink::out, &Sink::error, &Sink::progress, &Sink::cancelled};
    std::vector<zoco_str> raw;
    for (const auto& a : args) raw.push_back(str(a));
    const zoco_command_call call{sizeof(zoco_command_call),
                                 static_cast<std::uint32_t>(raw.size()),
                                 raw.data(),
                                 str(workingFolder),
                                 &terminal,
                                 str(publicUrl)};
    return command.run(command.context, &call);
}

CommandJobs::~CommandJobs() { shutdown(); }

std::string CommandJobs::start(const PluginCommand& command, std::vector<std::string> args, std::string workingFolder)
{
    const std::lock_guard lock(_mutex);
    if (_jobs.size() >= kMaxJobs) forgetDoneLocked();
    if (_jobs.size() >= kMaxJobs) return {};
    char text[16];
    randomBase32(text, sizeof text);
    const std::string id(text, sizeof text);
    auto job = std::make_shared<Job>();
    job->thread = std::thread(
        [job = job.get(), hold = CommandHold(command), command, args = std::move(args),
         folder = std::move(workingFolder), shop = _publicUrl]
        {
            const auto keep = [job](CommandEvent event)
            {
                const std::lock_guard guard(job->mutex);
                event.sequence = ++job->sequence;
                const bool replaces = event.kind == CommandEvent::Kind::Progress && !job->events.empty() &&
                                      job->events.back().kind == CommandEvent::Kind::Progress;
                if (replaces)
                    job->events.back() = std::move(event);
                else
                    job->events.push_back(std::move(event));
                if (job->events.size() > kMaxEvents) job->events.pop_front(); // nobody follows
                job->changed.notify_all();
            };
            const int status = runCommand(command, args, folder, job->isCancelled, keep, shop);
            const std::lock_guard guard(job->mutex);
            job->isDone = true;
            job->exitStatus = status;
            job->changed.notify_all();
        });
    _jobs.emplace(id, std::move(job));
    return id;
}

/// Those that ended while nobody followed them to their end, since that operator went away.
void CommandJobs::forgetDoneLocked()
{
    std::erase_if(_jobs,
                  [](const auto& entry)
                  {
                      auto& job = *entry.second;
                      {
                          const std::lock_guard guard(job.mutex);
                          if (!job.isDone) return false;
                      }
                      job.thread.join();
                      return true;
                  });
}

void CommandJobs::cancel(const std::string& id)
{
    const std::lock_guard lock(_mutex);
    if (const auto found = _jobs.find(id); found != _jobs.end()) found->second->isCancelled = true;
}

CommandJobs::Progress CommandJobs::follow(const std::string& id, std::uint64_t after)
{
    std::shared_ptr<Job> job;
    {
        const std::lock_guard lock(_mutex);
        const auto found = _jobs.find(id);
        if (found == _jobs.end()) return {};
        job = found->second;
    }
    Progress out;
    out.isKnown = true;
    {
        std::unique_lock lock(job->mutex);
        const auto hasNews = [&] { return job->isDone || job->sequence > after; };
        job->changed.wait_for(lock, std::chrono::seconds(1), hasNews);
        for (const auto& event : job->events)
            if (event.sequence > after) out.events.push_back(event);
        out.isDone = job->isDone;
        out.exitStatus = job->exitStatus;
    }
    if (!out.isDone) return out;
    const std::lock_guard lock(_mutex);
    if (_jobs.erase(id) > 0) job->thread.join();
    return out;
}

bool CommandJobs::shutdown(std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    const std::lock_guard lock(_mutex);
    for (auto& [id, job] : _jobs) job->isCancelled = true;
    for (auto& [id, job] : _jobs)
    {
        std::unique_lock guard(job->mutex);
        if (!job->changed.wait_until(guard, end, [&j = *job] { return j.isDone; })) return false;
    }
    for (auto& [id, job] : _jobs) job->thread.join();
    _jobs.clear();
    return true;
}

} // namespace zoco::host
