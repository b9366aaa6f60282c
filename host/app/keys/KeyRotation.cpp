#include "KeyRotation.h"

#include <pthread.h>

#include <algorithm>
#include <stdexcept>

namespace zoco::host
{

namespace
{

using Clock = std::chrono::steady_clock;
using Rotation = KeyState::Rotation;

constexpr std::chrono::milliseconds kFirstPause{100}; ///< after a page that failed, then twice as long
constexpr std::chrono::milliseconds kLongestPause{5'000};
constexpr int kTries = 20; ///< of a page, while an operator waits for a retirement

[[noreturn]] void refuse(const std::string& why) { throw std::runtime_error(why); }

} // namespace

KeyRotation::KeyRotation(const KeyStore& store, KeyRing& keys, const PluginManager& plugins,
                         std::vector<PluginRotator> own, Database database, LogSource log)
    : _store(store),
      _keys(keys),
      _plugins(plugins),
      _own(std::move(own)),
      _database(std::move(database)),
      _log(std::move(log)),
      _state(KeyState::read(store.stateFile()))
{
}

KeyRotation::~KeyRotation() { (void)shutdown(std::chrono::hours(24 * 365)); }

void KeyRotation::start()
{
    const std::lock_guard lock(_mutex);
    if (_thread.joinable() || _isStopping || _keys.pin()->keys.isClear()) return;
    noteRotators();
    _thread = std::thread([this] { work(); });
    pthread_setname_np(_thread.native_handle(), "keys");
}

bool KeyRotation::shutdown(std::chrono::milliseconds patience)
{
    std::unique_lock lock(_mutex);
    _isStopping = true;
    _changed.notify_all();
    if (!_thread.joinable()) return true;
    if (!_changed.wait_for(lock, patience, [&] { return !_isPageRunning; })) return false;
    lock.unlock();
    _thread.join();
    return true;
}

KeyRotation::Status KeyRotation::status() const { return waitForNews(std::chrono::milliseconds(0)); }

KeyRotation::Status KeyRotation::waitForNews(std::chrono::milliseconds time) const
{
    std::unique_lock lock(_mutex);
    if (time.count() > 0) (void)_changed.wait_for(lock, time);
    return {_keys.pin()->keys, _state, _trouble};
}

std::vector<std::pair<std::string, std::string>> KeyRotation::present() const
{
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& r : _own) out.emplace_back(r.plugin, r.name);
    for (const auto& r : _plugins.rotators()) out.emplace_back(r.plugin, r.name);
    return out;
}

/// And whether there is a database. With _mutex.
void KeyRotation::noteRotators()
{
    const auto before = _state.rotators.size();
    const bool isFirst = !_state.hasDatabase && _database.isThere();
    _state.hasDatabase = _state.hasDatabase || isFirst;
    for (const auto& [plugin, name] : present()) (void)_state.at(plugin, name);
    if (isFirst || _state.rotators.size() > before) _state.write(_store.stateFile());
}

zoco_status KeyRotation::runOne(const std::string& plugin, const std::string& name, const std::string& cursor,
                                RotatedPage& out) const
{
    for (const auto& r : _own)
        if (r.plugin == plugin && r.name == name) return runPage(r, cursor, out);
    const auto rotator = _plugins.enterRotator(plugin, name);
    if (!rotator) return ZOCO_E_UNSUPPORTED;
    const auto status = runPage(*rotator, cursor, out);
    if (rotator->inFlight != nullptr) rotator->inFlight->leave();
    return status;
}

bool KeyRotation::isComplete() const
{
    return std::all_of(_state.rotators.begin(), _state.rotators.end(), [](const auto& r) { return r.isOver; });
}

void KeyRotation::work()
{
    std::unique_lock lock(_mutex);
    auto pause = kFirstPause;
    while (!_isStopping)
    {
        if (_state.rotation != Rotation::Running || _isChanging)
        {
            _changed.wait(lock);
            continue;
        }
        bool isForward = false;
        try
        {
            isForward = turn(lock);
        }
        catch (const std::exception& e) // the disk
        {
            _trouble = e.what();
        }
        if (isForward)
        {
            if (!std::exchange(_trouble, {}).empty()) _log.info("the rotation of keys goes on");
            pause = kFirstPause;
            _changed.notify_all();
            continue;
        }
        if (pause == kFirstPause && !_trouble.empty())
            _log.warning("the rotation of keys waits", {{"reason", _trouble}});
        _changed.notify_all();
        (void)_changed.wait_for(lock, pause, [&] { return _isStopping; });
        pause = std::min(pause * 2, kLongestPause);
    }
}

/// One page of the first rotator that is not over. False when none could be run. Called and left with the lock.
bool KeyRotation::turn(std::unique_lock<std::mutex>& lock)
{
    noteRotators();
    if (isComplete())
    {
        _state.rotation = Rotation::Over;
        _state.write(_store.stateFile());
        _log.info("the rotation of keys is over", {{"key", keyIdText(_state.target)}});
        return true;
    }
    std::string trouble;
    for (const auto& next : std::vector<RotatorState>(_state.rotators))
    {
        if (next.isOver) continue;
        RotatedPage page;
        const auto target = _state.target;
        _isPageRunning = true;
        lock.unlock();
        const auto status = runOne(next.plugin, next.name, next.cursor, page);
        lock.lock();
        _isPageRunning = false;
        _changed.notify_all();
        if (_state.target != target || _state.rotation != Rotation::Running) return true; // begun anew meanwhile
        if (status >= 0)
        {
            auto& kept = _state.at(next.plugin, next.name);
            kept = {next.plugin, next.name, page.isOver, page.done, page.total, page.cursor};
            _state.write(_store.stateFile());
            return true;
        }
        trouble += (trouble.empty() ? "" : "; ") + next.plugin + ' ' + next.name +
                   (status == ZOCO_E_UNSUPPORTED ? " does not run" : " failed with status " + std::to_string(status));
        if (_isStopping) return false;
    }
    _trouble = trouble;
    return false;
}

/// Called with _operating, and left with the lock of _mutex: these count from now on, everywhere.
void KeyRotation::change(std::unique_lock<std::mutex>& lock, const KeySet& keys)
{
    _isChanging = true;
    lock.unlock();
    _database.note(keys);
    _keys.set(keys);
    lock.lock();
    _isChanging = false;
    _trouble.clear();
    _changed.notify_all();
}

KeyId KeyRotation::rotate(const std::string& without)
{
    const std::lock_guard operating(_operating);
    start();
    std::unique_lock lock(_mutex);
    if (_keys.pin()->keys.isClear()) refuse("nothing is sealed here, since ZOCO_HOST_KEYS is \"clear\"");
    if (!without.empty() && std::erase_if(_state.rotators, [&](const auto& r) { return r.plugin == without; }) == 0)
        refuse("the plugin " + without + " has no rotators");
    noteRotators();
    auto keys = _keys.pin()->keys;
    if (_state.rotation == Rotation::Over)
    {
        if (!_store.isFile())
            refuse(_store.place() + " holds the keys: make a new one active there and zoco keys reload, then rotate");
        keys.activate(keys.addNew());
        _store.save(keys); // on the disk before anything is sealed under it
    }
    const bool isBegun = _state.rotation != Rotation::Running;
    if (_state.rotation == Rotation::Over) _state.begin(Rotation::Running, keys.active()->id);
    _state.rotation = Rotation::Running;
    _state.write(_store.stateFile());
    if (isBegun) _log.info("a rotation of keys begins", {{"key", keyIdText(_state.target)}});
    const auto id = _state.target;
    change(lock, keys);
    return id;
}

KeyId KeyRotation::add()
{
    const std::lock_guard operating(_operating);
    std::unique_lock lock(_mutex);
    auto keys = _keys.pin()->keys;
    const auto id = keys.addNew();
    _store.save(keys);
    _state.known.push_back(id);
    _state.write(_store.stateFile());
    _log.info("a key was added", {{"key", keyIdText(id)}});
    change(lock, keys);
    return id;
}

void KeyRotation::activate(KeyId id)
{
    const std::lock_guard operating(_operating);
    std::unique_lock lock(_mutex);
    auto keys = _keys.pin()->keys;
    if (keys.find(id) == nullptr) refuse("there is no key " + keyIdText(id));
    if (keys.active()->id == id) return;
    keys.activate(id);
    _store.save(keys);
    _state.begin(Rotation::Pending, id);
    _state.write(_store.stateFile());
    _log.info("another key is active", {{"key", keyIdText(id)}});
    change(lock, keys);
}

/// They are others' to seal, and go by themselves.
void KeyRotation::refuseWhileHeld(KeyId id, bool hasDatabase) const
{
    const auto stays = "; the key " + keyIdText(id) + " stays";
    if (hasDatabase && !_database.isThere())
        refuse("no plugin keeps data now, so that what was kept cannot be looked through" + stays);
    const auto count = _database.holding(id);
    if (!count.ok()) refuse("the durable events cannot be looked through: " + count.problem().title + stays);
    if (*count != 0)
        refuse(
            std::to_string(*count) + (*count == 1 ? " durable event holds" : " durable events hold") +
            " what a plugin sealed under it, until all have read them and host.events_keep_ms is over, and zoco events"
            " shows none that was put aside" +
            stays);
}

void KeyRotation::retire(KeyId id, const Progress& progress)
{
    const std::lock_guard operating(_operating);
    std::unique_lock lock(_mutex);
    auto keys = _keys.pin()->keys;
    if (keys.find(id) == nullptr) refuse("there is no key " + keyIdText(id));
    if (keys.active()->id == id) refuse("the key " + keyIdText(id) + " is active");
    const auto areSealedAgain = [&] { return _state.rotation == Rotation::Over && _state.target == keys.active()->id; };
    if (!areSealedAgain())
        refuse("not everything is sealed under the active key yet: zoco keys rotate has to be over first");
    noteRotators();
    for (const auto& known : std::vector<RotatorState>(_state.rotators))
    {
        RotatorState now{known.plugin, known.name};
        for (int tries = 0; !now.isOver;)
        {
            RotatedPage page;
            lock.unlock();
            const auto status = runOne(now.plugin, now.name, now.cursor, page);
            if (status >= 0) now = {now.plugin, now.name, page.isOver, page.done, page.total, page.cursor};
            const bool isWanted = progress(now);
            lock.lock();
            if (!isWanted || _isStopping) refuse("it was ended; the key " + keyIdText(id) + " stays");
            tries = status >= 0 ? 0 : tries + 1;
            if (tries == kTries || status == ZOCO_E_UNSUPPORTED)
                refuse("the rotator " + now.name + " of the plugin " + now.plugin +
                       (status == ZOCO_E_UNSUPPORTED ? " does not run" : " fails") + "; the key " + keyIdText(id) +
                       " stays");
            if (status < 0) (void)_changed.wait_for(lock, kFirstPause, [&] { return _isStopping; });
        }
    }
    const bool hasDatabase = _state.hasDatabase;
    lock.unlock();
    refuseWhileHeld(id, hasDatabase);
    // First: a key that the database knows and the ring lacks refuses the next start.
    if (!_database.forget(id)) refuse("the database cannot be told; the key " + keyIdText(id) + " stays");
    lock.lock();
    if (!areSealedAgain()) refuse("a rotation began meanwhile; the key " + keyIdText(id) + " stays");
    keys.remove(id);
    std::erase(_state.known, id); // first: a key that is there and not known does no harm
    _state.write(_store.stateFile());
    if (_store.isFile()) _store.save(keys);
    _log.info("a key was retired", {{"key", keyIdText(id)}});
    change(lock, keys);
}

bool KeyRotation::reload()
{
    const std::lock_guard operating(_operating);
    std::unique_lock lock(_mutex);
    const auto keys = _store.load();
    auto before = _keys.pin()->keys.text(), now = keys.text();
    const bool isOther = before != now;
    wipe(before);
    wipe(now);
    if (!isOther) return false;
    _state = KeyState::read(_store.stateFile()); // which now knows them
    _log.info("the keys were read anew", {{"active", keyIdText(keys.active() == nullptr ? 0 : keys.active()->id)}});
    change(lock, keys);
    return true;
}

} // namespace zoco::host
