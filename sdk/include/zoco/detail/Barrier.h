#pragma once

#include "zoco/Log.h"
#include "zoco/Problem.h"

#include <exception>
#include <utility>

namespace zoco::detail
{

/// What crosses instead of an exception. Every C function of the wrapper runs its body through here, so that nothing
/// thrown by a plugin reaches the host (rule of zoco/abi/base.h). `onError(what, problemOrNull)` is told what was
/// thrown and must not throw itself.
template <class Body, class OnError>
zoco_status barrier(Body&& body, OnError&& onError) noexcept
{
    try
    {
        return std::forward<Body>(body)();
    }
    catch (const ProblemException& e)
    {
        onError(e.what(), &e.problem());
        return e.problem().code < 0 ? e.problem().code : ZOCO_E_FAILED;
    }
    catch (const std::exception& e)
    {
        onError(e.what(), static_cast<const Problem*>(nullptr));
    }
    catch (...)
    {
        onError("something that is not a std::exception", static_cast<const Problem*>(nullptr));
    }
    return ZOCO_E_FAILED;
}

/// A field of a struct that the other side may have built smaller: false when it lies behind its struct_size.
template <class Struct, class Member>
bool has(const Struct* s, Member Struct::*member) noexcept
{
    const auto end = reinterpret_cast<const char*>(&(s->*member)) + sizeof(Member) - reinterpret_cast<const char*>(s);
    return static_cast<std::size_t>(end) <= s->struct_size;
}

} // namespace zoco::detail
