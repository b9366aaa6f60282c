#pragma once

#include <mutex>
#include <string>
#include <string_view>

namespace zoco::host
{

/// What an instance waits for in another plugin, so that a step that hangs there can be told from one that hangs by
/// itself. [any-thread]
class WaitNote
{
public:
    void set(std::string_view what)
    {
        const std::lock_guard lock(_mutex);
        _what = what;
    }
    std::string get() const
    {
        const std::lock_guard lock(_mutex);
        return _what;
    }

private:
    mutable std::mutex _mutex;
    std::string _what;
};

} // namespace zoco::host
