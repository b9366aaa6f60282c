#include "PlacedAnswer.h"

#include <algorithm>

namespace zoco::host::trial
{

namespace
{

std::string shown(const std::string& text)
{
    constexpr std::size_t kShown = 60;
    if (text.empty()) return "nothing";
    std::string out = text.substr(0, kShown);
    std::replace_if(
        out.begin(), out.end(), [](unsigned char c) { return c < 0x20; }, ' ');
    return "'" + out + (text.size() > kShown ? "...'" : "'");
}

std::string told(const std::string& here, const std::string& apart)
{
    return shown(here) + " in the host's process, " + shown(apart) + " in one of its own";
}

/// A text from a little before the first byte that differs.
std::string around(const std::string& text, std::size_t at)
{
    constexpr std::size_t kBefore = 20;
    return text.substr(std::min(text.size(), at > kBefore ? at - kBefore : 0));
}

} // namespace

std::string PlacedAnswer::difference(const PlacedAnswer& apart) const
{
    if (name != apart.name) return told(name, apart.name);
    if (outcome != apart.outcome) return name + ": " + told(outcome, apart.outcome);
    for (std::size_t i = 0; i < std::max(lines.size(), apart.lines.size()); ++i)
    {
        const auto ours = i < lines.size() ? lines[i] : std::string();
        const auto theirs = i < apart.lines.size() ? apart.lines[i] : std::string();
        if (ours != theirs) return name + ": " + told(ours, theirs);
    }
    if (body == apart.body) return {};
    const auto [mine, other] = std::mismatch(body.begin(), body.end(), apart.body.begin(), apart.body.end());
    const auto at = static_cast<std::size_t>(mine - body.begin());
    return name + ": its body is " + told(around(body, at), around(apart.body, at));
}

} // namespace zoco::host::trial
