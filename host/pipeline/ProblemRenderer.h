#pragma once

#include "ProblemCatalogue.h"
#include "Response.h"
#include "zoco/Problem.h"

#include <string_view>

namespace zoco::host
{

/// The one renderer of application/problem+json (RFC 9457). A slug that is not lower-case letters, digits and '-'
/// becomes "internal", a status outside 400..599 becomes 500; a missing title is the catalogue's. `instance` is the
/// request's path.
Response renderProblem(const Problem& problem, std::string_view instance, std::string_view requestId);

} // namespace zoco::host
