#pragma once

#include "Check.h"

namespace zoco::host::trial
{

// The body of each check of CheckList.cpp, in a file of its name. All run in a child process.

Finding checkLinkage(Trial& trial);
Finding checkEntry(Trial& trial);
Finding checkLifeCycle(Trial& trial);

} // namespace zoco::host::trial
