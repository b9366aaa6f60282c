#pragma once

#include "CommandLine.h"

namespace zoco::host
{

/// `zoco mail`: the mails that the serving process has not sent yet, and what to do about those that it cannot send.
int mail(const CommandLine& line);

} // namespace zoco::host
