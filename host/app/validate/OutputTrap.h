#pragma once

#include <string>

namespace zoco::host::trial
{

/// Takes what this process prints from now on, for the rest of its life: standard output and error go to memory.
class OutputTrap
{
public:
    /// Throws std::system_error.
    OutputTrap();

    /// What was printed so far, its buffers emptied first; at most the first line of it.
    std::string firstLine() const;

private:
    int _fd; ///< stays open: it is standard output
};

} // namespace zoco::host::trial
