#include "ProcessState.h"

#include <clocale>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

namespace zoco::host::trial
{

namespace
{

namespace fs = std::filesystem;

std::string line(const fs::path& file, const std::string& prefix)
{
    std::ifstream in(file);
    for (std::string text; std::getline(in, text);)
        if (text.starts_with(prefix)) return text.substr(prefix.size());
    return {};
}

std::map<std::string, std::string> threadsNow()
{
    std::map<std::string, std::string> out;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/proc/self/task", none))
        out.emplace(entry.path().filename().string(), line(entry.path() / "comm", ""));
    return out;
}

std::map<std::string, std::string> descriptorsNow()
{
    std::map<std::string, std::string> out;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator("/proc/self/fd", none))
    {
        const auto target = fs::read_symlink(entry.path(), none).string();
        const bool isOurs = target.find("/proc/") == 0 && target.ends_with("/fd"); // the walk itself
        if (!isOurs) out.emplace(entry.path().filename().string(), target);
    }
    return out;
}

std::vector<std::string> signalsNow()
{
    std::vector<std::string> out;
    for (int number = 1; number < NSIG; ++number)
    {
        struct sigaction action;
        std::memset(&action, 0, sizeof action);
        std::string text;
        if (::sigaction(number, nullptr, &action) == 0)
            text.assign(reinterpret_cast<const char*>(&action.sa_handler), sizeof action.sa_handler);
        out.push_back(std::move(text));
    }
    return out;
}

std::string signalName(int number)
{
    const char* name = ::sigabbrev_np(number);
    return name == nullptr ? "signal " + std::to_string(number) : std::string("SIG") + name;
}

/// "a, b" of what `after` has and `before` has not.
std::string added(const std::map<std::string, std::string>& before, const std::map<std::string, std::string>& after)
{
    std::string out;
    for (const auto& [number, what] : after)
        if (const auto found = before.find(number); found == before.end() || found->second != what)
            out += (out.empty() ? "" : ", ") + (what.empty() ? number : what);
    return out;
}

} // namespace

ProcessState ProcessState::take()
{
    ProcessState out;
    out.threads = threadsNow();
    out.descriptors = descriptorsNow();
    std::error_code none;
    out.workingFolder = fs::current_path(none).string();
    out.umask = line("/proc/self/status", "Umask:");
    const char* locale = std::setlocale(LC_ALL, nullptr);
    out.locale = locale == nullptr ? "" : locale;
    out.signals = signalsNow();
    out.signalMask = line("/proc/thread-self/status", "SigBlk:");
    return out;
}

std::string ProcessState::newThreads(const ProcessState& before) const { return added(before.threads, threads); }

std::string ProcessState::newDescriptors(const ProcessState& before) const
{
    return added(before.descriptors, descriptors);
}

std::string ProcessState::changes(const ProcessState& before) const
{
    std::string out;
    const auto note = [&](const std::string& what) { out += (out.empty() ? "" : ", ") + what; };
    for (std::size_t i = 0; i < signals.size(); ++i)
        if (signals[i] != before.signals[i]) note("the handler of " + signalName(static_cast<int>(i) + 1));
    if (signalMask != before.signalMask) note("the signal mask");
    if (locale != before.locale) note("the locale (now " + locale + ")");
    if (workingFolder != before.workingFolder) note("the working folder (now " + workingFolder + ")");
    if (umask != before.umask) note("the umask");
    return out;
}

ProcessState settledState(const ProcessState& before)
{
    constexpr int kTries = 100;
    constexpr std::chrono::milliseconds kPause{5};
    auto out = ProcessState::take();
    for (int i = 0; i < kTries && !out.newThreads(before).empty(); ++i)
    {
        std::this_thread::sleep_for(kPause);
        out = ProcessState::take();
    }
    return out;
}

} // namespace zoco::host::trial
