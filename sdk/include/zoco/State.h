#pragma once

#include "Problem.h"
#include "zoco/abi/state.h"

#include <string_view>

namespace zoco
{

/// Takes what a plugin saves, piece by piece. Only during saveState, on its thread.
class StateWriter
{
public:
    using Write = zoco_status (*)(void* ctx, zoco_bytes piece);

    StateWriter(Write function, void* ctx) noexcept : _write(function), _ctx(ctx) {}

    /// Copies. Throws ProblemException when the host takes no more; let it pass.
    void write(std::string_view piece) const
    {
        const auto status = _write(_ctx, {piece.data(), piece.size()});
        if (status < 0) throw ProblemException({500, "state", "The host does not take the state", "", {}, status});
    }

private:
    Write _write;
    void* _ctx;
};

/// What a plugin derives from, beside zoco::Plugin, to hand what it remembers to the generation that takes over. The
/// old one serves until afterwards, so this is a snapshot: for what is good to keep and bearable to lose. [lifecycle]
class StateKeeper
{
public:
    /// In the old generation, while it serves. After an exception the new one starts empty.
    virtual void saveState(const StateWriter& writer) = 0;
    /// In the new generation, between init and start. The bytes may come from any version: check them, and answer false
    /// when they are not understood; the plugin then starts empty. An exception fails the change.
    virtual bool loadState(std::string_view state, std::string_view savedBy) = 0;

protected:
    ~StateKeeper() = default;
};

} // namespace zoco
