#pragma once

#include <string>
#include <string_view>

namespace zoco::host::trial
{

/// What a child process is about to do, readable by its parent after it has crashed. Written by one thread of the
/// child.
class StepNote
{
public:
    /// Memory shared with children forked later. Throws std::system_error.
    StepNote();
    ~StepNote();
    StepNote(const StepNote&) = delete;
    StepNote& operator=(const StepNote&) = delete;

    void set(std::string_view step) noexcept; ///< cut to what fits
    std::string text() const;

private:
    char* _text;
};

} // namespace zoco::host::trial
