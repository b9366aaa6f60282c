#pragma once

#include "Check.h"

namespace zoco::host::trial
{

// The body of each check of CheckList.cpp, in a file of its name or of its family's. All run in a child process.

Finding checkLinkage(Trial& trial);
Finding checkEntry(Trial& trial);
Finding checkLifeCycle(Trial& trial);
Finding checkAnswers(Trial& trial);
Finding checkRoutesAnswered(Trial& trial);
Finding checkInFlight(Trial& trial);
Finding checkRepeatedCycles(Trial& trial);
Finding checkConfigFuzz(Trial& trial);
Finding checkOlderHost(Trial& trial);
Finding checkNewerHost(Trial& trial);
Finding checkAbsentInterfaces(Trial& trial);
Finding checkUnknownIds(Trial& trial);
Finding checkNoLeftovers(Trial& trial);
Finding checkNoSideEffects(Trial& trial);
Finding checkNoStatics(Trial& trial);
Finding checkSamePlacements(Trial& trial);

} // namespace zoco::host::trial
