#include "Mailer.h"

#include "core/RandomId.h"
#include "zoco/detail/Barrier.h"
#include "zoco/detail/FieldBytes.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace zoco::host
{

namespace
{

constexpr std::int64_t kMostPauseMs = 2 * 3'600'000;
constexpr std::int64_t kDiskPauseMs = 1'000;

std::int64_t nowUs()
{
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::shared_ptr<MetricSeries> counter(Metrics& metrics, const char* name, const char* help,
                                      std::uint32_t kind = ZOCO_COUNTER)
{
    return metrics.declare({name, kind, help, {}, {}}, {});
}

std::string_view field(const zoco_event& event, std::string_view name)
{
    for (std::uint32_t i = 0; i < event.field_count; ++i)
    {
        const auto& f = event.fields[i];
        if (view(f.name) == name && (f.value.kind == ZOCO_TEXT || f.value.kind == ZOCO_BLOB)) return view(f.value.as.b);
    }
    return {};
}

std::optional<Mail> mailOf(const std::string& bytes)
{
    detail::FieldReader reader;
    if (!reader.read(bytes) || reader.fields.size() != 5) return std::nullopt;
    const auto text = [&](std::size_t i) { return std::string(Value(reader.fields[i].value).text()); };
    Mail out{text(0), text(1), text(2), text(3), text(4)};
    if (!MailOutbox::isMail(out)) return std::nullopt;
    return out;
}

} // namespace

Mailer::Mailer(MailSettings settings, EventSource& events, Metrics& metrics, Seals seals,
               std::unique_ptr<MailSender> sender, LogSource log)
    : _settings(std::move(settings)),
      _seals(std::move(seals)),
      _sender(std::move(sender)),
      _log(std::move(log)),
      _sent(counter(metrics, "zoco_mail_sent_total", "Mails that went out")),
      _failed(counter(metrics, "zoco_mail_failed_total", "Attempts to send a mail that failed")),
      _refused(counter(metrics, "zoco_mail_refused_total", "Mails that were put aside for good")),
      _waiting(counter(metrics, "zoco_mail_waiting", "Mails that wait to be sent", ZOCO_GAUGE)),
      _aside(counter(metrics, "zoco_mail_aside", "Mails that wait for an operator", ZOCO_GAUGE)),
      _spool(_settings.spool),
      _pool({"mail-in", 1, 16, nullptr}),
      _port(events.join("host", [this](Task task) { return _pool.post(task); }))
{
    std::string reason;
    const auto topic = str(MailOutbox::kTopic);
    const zoco_subscription subscription{sizeof subscription, ZOCO_COMPETING, topic, 0, &onEvent, this};
    if (_port->subscribe(subscription, reason) != ZOCO_OK)
        throw std::system_error(std::make_error_code(std::errc::invalid_argument), reason);
    count();
}

Mailer::~Mailer() { stop(); }

void Mailer::start()
{
    _thread = std::thread([this] { work(); });
    _port->activate();
}

void Mailer::stop()
{
    if (_port != nullptr) _port->deactivate();
    {
        const std::lock_guard lock(_mutex);
        _isStopping = true;
        _changed.notify_all();
    }
    _pool.shutdown();
    _port.reset();
    if (_thread.joinable()) _thread.join();
}

zoco_status Mailer::onEvent(void* self, const zoco_event* event)
{
    return detail::barrier([&] { return static_cast<Mailer*>(self)->take(*event); },
                           [](const char*, const Problem*) {});
}

/// Returns once the mail is on the disk; while the disk does not take it, it stays where it is kept.
zoco_status Mailer::take(const zoco_event& event)
{
    const std::string id(field(event, "id"));
    const auto sealed = field(event, "contenido");
    if (event.number == 0 || !MailSpool::isId(id) || sealed.empty())
    {
        _log.error("an event is no mail", {{"publisher", view(event.publisher)}, {"number", event.number}});
        return ZOCO_OK;
    }
    if (isSentAtOnce(id, event.time_us, sealed)) return ZOCO_OK;
    std::unique_lock lock(_mutex);
    for (bool isLogged = false; !_isStopping;)
    {
        try
        {
            (void)_spool.add(id, {std::string(view(event.publisher)), event.time_us, 0, 0, false, {}}, sealed);
            count();
            _changed.notify_all();
            return ZOCO_OK;
        }
        catch (const std::system_error& e)
        {
            if (!std::exchange(isLogged, true)) _log.error("the mail spool takes nothing", {{"reason", e.what()}});
        }
        _changed.wait_for(lock, std::chrono::milliseconds(kDiskPauseMs));
    }
    return ZOCO_E_UNAVAILABLE;
}

std::optional<std::string> Mailer::nextDue(std::int64_t now) const
{
    if (_awayUntilUs > now) return std::nullopt;
    const auto& entries = _spool.entries();
    const auto isDue = [&](const auto& e) { return !e.second.isAside && e.second.dueUs <= now; };
    const auto isEarlier = [](const auto& a, const auto& b) { return a.second.timeUs < b.second.timeUs; };
    auto out = entries.end();
    for (auto it = entries.begin(); it != entries.end(); ++it)
        if (isDue(*it) && (out == entries.end() || isEarlier(*it, *out))) out = it;
    if (out == entries.end()) return std::nullopt;
    return out->first;
}

std::int64_t Mailer::nextTimeUs() const
{
    std::int64_t out = INT64_MAX;
    for (const auto& [id, entry] : _spool.entries())
        if (!entry.isAside) out = std::min(out, std::max(entry.dueUs, _awayUntilUs));
    return out;
}

void Mailer::work()
{
    std::unique_lock lock(_mutex);
    while (!_isStopping)
    {
        const auto id = nextDue(nowUs());
        if (!id)
        {
            const auto next = nextTimeUs();
            if (next == INT64_MAX)
                _changed.wait(lock);
            else
                _changed.wait_for(
                    lock, std::chrono::microseconds(std::clamp<std::int64_t>(next - nowUs(), 1'000, 60'000'000)));
            continue;
        }
        _inHand = *id;
        const auto timeUs = _spool.entries().at(*id).timeUs;
        lock.unlock();
        const auto outcome = attemptKept(*id, timeUs);
        lock.lock();
        _inHand.clear();
        try
        {
            settle(*id, outcome, nowUs());
        }
        catch (const std::system_error& e)
        {
            _log.error("the mail spool cannot be written", {{"reason", e.what()}});
            _awayUntilUs = nowUs() + kDiskPauseMs * 1'000;
        }
        count();
    }
}

/// A folder takes mails without being asked twice: they need not lie in the spool first. What it does not take does.
bool Mailer::isSentAtOnce(const std::string& id, std::int64_t timeUs, std::string_view sealed)
{
    try
    {
        if (!_sender->isAtHand() || attempt(id, timeUs, sealed).kind != MailOutcome::Kind::Sent) return false;
        tellSent(id);
        return true;
    }
    catch (const std::exception&)
    {
        return false; // the next attempt tells of it
    }
}

void Mailer::tellSent(const std::string& id)
{
    (void)_sent->add(1);
    _log.info("mail sent", {{"mail", id}});
}

MailOutcome Mailer::attempt(const std::string& id, std::int64_t timeUs, std::string_view sealed)
{
    const auto opened = _seals.open(sealed, MailOutbox::context(id));
    if (!opened) return {MailOutcome::Kind::Refused, "it cannot be opened: its key is not there"};
    auto mail = mailOf(*opened);
    if (!mail) return {MailOutcome::Kind::Refused, "it is no mail"};
    return _sender->send({id, timeUs, std::move(*mail)});
}

MailOutcome Mailer::attemptKept(const std::string& id, std::int64_t timeUs)
{
    try
    {
        return attempt(id, timeUs, _spool.sealed(id));
    }
    catch (const std::exception& e)
    {
        return {MailOutcome::Kind::Later, e.what()};
    }
}

void Mailer::settle(const std::string& id, const MailOutcome& outcome, std::int64_t now)
{
    using Kind = MailOutcome::Kind;
    if (outcome.kind != Kind::Away) _awayTimes = 0;
    if (outcome.kind == Kind::Sent)
    {
        _spool.sent(id, now);
        tellSent(id);
        return;
    }
    (void)_failed->add(1);
    postpone(id, _spool.entries().at(id), outcome, now);
}

void Mailer::postpone(const std::string& id, MailSpool::Entry entry, const MailOutcome& outcome, std::int64_t now)
{
    using Kind = MailOutcome::Kind;
    ++entry.tries;
    entry.reason = outcome.reason;
    entry.isAside = outcome.kind == Kind::Refused || now - entry.timeUs > _settings.giveUpMs * 1'000;
    entry.dueUs = now + pauseUs(entry.tries);
    if (outcome.kind == Kind::Away) _awayUntilUs = now + pauseUs(++_awayTimes);
    _spool.update(id, entry);
    if (entry.isAside)
    {
        (void)_refused->add(1);
        _log.error("a mail is put aside", {{"mail", id}, {"tries", entry.tries}, {"reason", entry.reason}});
    }
    else
    {
        _log.warning("a mail was not sent", {{"mail", id}, {"tries", entry.tries}, {"reason", entry.reason}});
    }
}

/// Twice as long each time, and a quarter more or less, so that mails that failed together do not come together again.
std::int64_t Mailer::pauseUs(std::uint32_t tries) const
{
    const auto ms = std::min(_settings.firstPauseMs << std::min(tries - 1, 20U), kMostPauseMs);
    return ms * (750 + static_cast<std::int64_t>(randomBits() % 501));
}

void Mailer::count()
{
    const auto& entries = _spool.entries();
    const auto aside = std::count_if(entries.begin(), entries.end(), [](const auto& e) { return e.second.isAside; });
    (void)_aside->set(static_cast<double>(aside));
    (void)_waiting->set(static_cast<double>(entries.size()) - static_cast<double>(aside));
}

std::vector<Mailer::Waiting> Mailer::list() const
{
    const std::lock_guard lock(_mutex);
    std::vector<Waiting> out;
    for (const auto& [id, entry] : _spool.entries()) out.push_back({id, entry});
    return out;
}

std::size_t Mailer::sealAgain()
{
    const std::lock_guard lock(_mutex);
    std::size_t count = 0;
    for (const auto& [id, entry] : _spool.entries())
    {
        const auto sealed = _spool.sealed(id);
        const auto opened = _seals.isCurrent(sealed) ? std::nullopt : _seals.open(sealed, MailOutbox::context(id));
        if (!opened) continue;
        _spool.replace(id, _seals.seal(*opened, MailOutbox::context(id)));
        ++count;
    }
    return count;
}

bool Mailer::retry(const std::string& id)
{
    const std::lock_guard lock(_mutex);
    const auto found = _spool.entries().find(id);
    if (found == _spool.entries().end()) return false;
    auto entry = found->second;
    entry.isAside = false;
    entry.dueUs = 0;
    _awayUntilUs = 0;
    _spool.update(id, entry);
    count();
    _changed.notify_all();
    return true;
}

bool Mailer::discard(const std::string& id)
{
    const std::lock_guard lock(_mutex);
    if (!_spool.entries().contains(id) || _inHand == id) return false;
    _spool.discard(id);
    count();
    return true;
}

} // namespace zoco::host
