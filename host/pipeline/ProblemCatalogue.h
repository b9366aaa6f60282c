#pragma once

#include <span>
#include <string_view>

namespace zoco::host
{

/// One problem type of the host. Slugs and statuses are a contract with clients: a golden file guards them.
struct ProblemType
{
    int status;
    std::string_view slug;
    std::string_view title;
};

std::span<const ProblemType> problemTypes() noexcept;

/// The host's slug for a status; "internal" for one it has no type for.
std::string_view problemSlug(int status) noexcept;

/// The host's title for a slug; empty when it is not the host's.
std::string_view problemTitle(std::string_view slug) noexcept;

} // namespace zoco::host
