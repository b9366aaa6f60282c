#pragma once

#include "MailSender.h"
#include "MailSettings.h"
#include "MailSpool.h"
#include "core/Log.h"
#include "core/Metrics.h"
#include "core/WorkerPool.h"
#include "services/EventPort.h"

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace zoco::host
{

/// Takes the plugins' mails (the durable event zoco.mail, of which one node takes each) into a spool on the disk, and
/// only then tells that it has them; and sends them from there on a thread of its own, again and again until it works,
/// is refused for good, or two days have passed. Logs, metrics and the spool's files show nothing of a mail but its id.
/// [any-thread] but for what is said.
class Mailer
{
public:
    /// The keys that plugins seal mails under. [any-thread]
    struct Seals
    {
        std::function<std::optional<std::string>(std::string_view sealed, std::string_view context)> open;
        std::function<std::string(std::string_view plain, std::string_view context)> seal;
        std::function<bool(std::string_view sealed)> isCurrent; ///< under the active key
    };

    /// A mail as operators see it. A value.
    struct Waiting
    {
        std::string id;
        MailSpool::Entry entry;
    };

    /// All outlive it. Throws std::system_error when the spool cannot be used.
    Mailer(MailSettings settings, EventSource& events, Metrics& metrics, Seals seals,
           std::unique_ptr<MailSender> sender, LogSource log);
    ~Mailer();
    Mailer(const Mailer&) = delete;
    Mailer& operator=(const Mailer&) = delete;

    /// Begins to take mails and to send them. [lifecycle]
    void start();
    /// Takes none any more, and ends when the attempt that runs has. Before the events' end. [lifecycle]
    void stop();

    std::vector<Waiting> list() const;
    /// Tries it at once, also one that was put aside. False when there is none.
    bool retry(const std::string& id);
    /// False when there is none, or it is being sent just now.
    bool discard(const std::string& id);

    /// Seals again under the active key what waits; how many those are. Throws std::system_error.
    std::size_t sealAgain();

private:
    static zoco_status onEvent(void* self, const zoco_event* event);
    zoco_status take(const zoco_event& event);
    void work();
    std::optional<std::string> nextDue(std::int64_t nowUs) const;
    std::int64_t nextTimeUs() const;
    bool isSentAtOnce(const std::string& id, std::int64_t timeUs, std::string_view sealed);
    MailOutcome attempt(const std::string& id, std::int64_t timeUs, std::string_view sealed);
    MailOutcome attemptKept(const std::string& id, std::int64_t timeUs);
    void tellSent(const std::string& id);
    void settle(const std::string& id, const MailOutcome& outcome, std::int64_t nowUs);
    void postpone(const std::string& id, MailSpool::Entry entry, const MailOutcome& outcome, std::int64_t nowUs);
    std::int64_t pauseUs(std::uint32_t tries) const;
    void count();

    const MailSettings _settings;
    const Seals _seals;
    const std::unique_ptr<MailSender> _sender;
    const LogSource _log;
    const std::shared_ptr<MetricSeries> _sent, _failed, _refused, _waiting, _aside;

    mutable std::mutex _mutex; ///< of what follows
    std::condition_variable _changed;
    MailSpool _spool;
    std::string _inHand;           ///< id of the one that is being sent
    std::int64_t _awayUntilUs = 0; ///< the server was not to be had
    std::uint32_t _awayTimes = 0;  ///< in a row
    bool _isStopping = false;

    WorkerPool _pool;
    std::unique_ptr<EventPort> _port;
    std::thread _thread;
};

} // namespace zoco::host
