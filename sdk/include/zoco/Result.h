#pragma once

#include "Problem.h"

#include <optional>
#include <utility>
#include <variant>

namespace zoco
{

/// A value, or the Problem why there is none: for failures that a caller expects. `Result<void>` has no value.
template <class T>
class [[nodiscard]] Result
{
public:
    Result(T value) : _state(std::in_place_index<0>, std::move(value)) {}
    Result(Problem problem) : _state(std::in_place_index<1>, std::move(problem)) {}

    bool ok() const noexcept { return _state.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    /// The value; throws ProblemException when there is none.
    T& value() &
    {
        if (!ok()) throw ProblemException(std::get<1>(_state));
        return std::get<0>(_state);
    }
    const T& value() const&
    {
        if (!ok()) throw ProblemException(std::get<1>(_state));
        return std::get<0>(_state);
    }
    T&& value() && { return std::move(value()); }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    /// Only when !ok().
    Problem& problem() { return std::get<1>(_state); }
    const Problem& problem() const { return std::get<1>(_state); }

private:
    std::variant<T, Problem> _state;
};

template <>
class [[nodiscard]] Result<void>
{
public:
    Result() = default;
    Result(Problem problem) : _problem(std::move(problem)) {}

    bool ok() const noexcept { return !_problem.has_value(); }
    explicit operator bool() const noexcept { return ok(); }
    void value() const
    {
        if (_problem) throw ProblemException(*_problem);
    }
    Problem& problem() { return *_problem; }
    const Problem& problem() const { return *_problem; }

private:
    std::optional<Problem> _problem;
};

} // namespace zoco

#define ZOCO_DETAIL_CAT2(a, b) a##b
#define ZOCO_DETAIL_CAT(a, b) ZOCO_DETAIL_CAT2(a, b)

/// `ZOCO_TRY(auto x, f());` - x is f()'s value, or the enclosing function returns f()'s problem.
#define ZOCO_TRY(declaration, expression)                                                                              \
    auto ZOCO_DETAIL_CAT(zocoTry_, __LINE__) = (expression);                                                           \
    if (!ZOCO_DETAIL_CAT(zocoTry_, __LINE__).ok()) return std::move(ZOCO_DETAIL_CAT(zocoTry_, __LINE__).problem());    \
    declaration = std::move(ZOCO_DETAIL_CAT(zocoTry_, __LINE__)).value()
