#pragma once

#include "zoco/abi/base.h"

#include <chrono>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco
{

inline std::string_view view(zoco_str s) noexcept
{
    return s.data == nullptr ? std::string_view{} : std::string_view{s.data, s.size};
}

inline std::string_view view(zoco_bytes b) noexcept
{
    return b.data == nullptr ? std::string_view{} : std::string_view{static_cast<const char*>(b.data), b.size};
}

inline zoco_str str(std::string_view s) noexcept { return {s.data(), s.size()}; }

/// One fault of a request's content: where (a JSON Pointer, RFC 6901) and what.
struct FieldError
{
    std::string pointer;
    std::string detail;
};

/// What went wrong, as the client may see it (RFC 9457). The host renders it as application/problem+json with type
/// urn:zoco:problem:<slug>. Put nothing internal into it; that belongs in the log.
struct Problem
{
    int status = 500;
    std::string slug;   ///< stable word: lower case, digits and '-'
    std::string title;  ///< the same for every problem of this slug
    std::string detail; ///< this case
    std::vector<FieldError> errors;
    zoco_status code = ZOCO_E_FAILED;  ///< for the program: ZOCO_E_DUPLICATE, ZOCO_E_GUARD, ...
    std::chrono::seconds retryAfter{}; ///< the host's Retry-After, at most a year; 0: none (a 503 gets 1)

    /// The problem that a status of the ABI means when nothing more is known.
    static Problem fromStatus(zoco_status status)
    {
        switch (status)
        {
        case ZOCO_E_UNAVAILABLE:
            return {503, "unavailable", "Service unavailable", "Please try again in a moment.", {}, status};
        case ZOCO_E_DEADLINE:
            return {504, "deadline", "The deadline passed", "The operation did not finish in time.", {}, status};
        case ZOCO_E_UNKNOWN_OUTCOME:
            return {504, "unknown-outcome", "Outcome unknown", "The operation may have happened.", {}, status};
        case ZOCO_E_DUPLICATE:
            return {409, "duplicate", "It exists already", "", {}, status};
        case ZOCO_E_GUARD:
        case ZOCO_E_CONSTRAINT:
            return {409, "conflict", "It conflicts with the present state", "", {}, status};
        default:
            return {500, "internal", "Internal error", "", {}, status};
        }
    }
};

/// A Problem as an exception, for what a handler cannot go on from. The barrier turns it into the answer.
class ProblemException : public std::exception
{
public:
    explicit ProblemException(Problem problem) : _problem(std::move(problem)) {}
    const Problem& problem() const noexcept { return _problem; }
    const char* what() const noexcept override { return _problem.title.c_str(); }

private:
    Problem _problem;
};

} // namespace zoco
