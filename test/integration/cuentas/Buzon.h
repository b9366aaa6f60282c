#pragma once

#include <set>
#include <string>

namespace zoco::test
{

/// The mails that a shop without a mail server has written below its data folder. One thread.
class Buzon
{
public:
    explicit Buzon(std::string dataDir) : _folder(std::move(dataDir) + "/mail") {}

    /// The next mail to an address that was not taken yet, decoded; waits for it, and throws std::runtime_error when
    /// none comes.
    std::string next(const std::string& to);
    /// The token of the link in it.
    std::string nextFicha(const std::string& to);
    /// Whether there is a mail to an address that was not taken yet.
    bool hasMore(const std::string& to) const { return !find(to).empty(); }

private:
    std::string find(const std::string& to) const;

    std::string _folder;
    std::set<std::string> _taken;
};

/// The 43 characters behind "ficha=".
std::string fichaIn(const std::string& text);

} // namespace zoco::test
