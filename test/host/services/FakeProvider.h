#pragma once

#include "zoco/Problem.h"
#include "zoco/abi/services.h"

#include <cppunit/extensions/HelperMacros.h>

#include <atomic>
#include <functional>
#include <string>
#include <thread>

namespace zoco::host::test
{

/// A provider that notes what is asked of it.
struct FakeProvider
{
    zoco_provider table{sizeof(zoco_provider), this, &attach, &detach, &resolve, &call};
    std::string refusal;             ///< not empty: no consumer is taken
    std::string operation = "known"; ///< the only one it has
    zoco_operation number = 40;      ///< its number of it, when it has no parameters
    std::function<void()> during;    ///< done in every call
    int attached = 0;
    std::string consumer;
    std::atomic<int> running{0};
    std::atomic<bool> isOverlapping{false};

    static FakeProvider& self(zoco_provider* p) { return *static_cast<FakeProvider*>(p->self); }
    static zoco_status attach(zoco_provider* p, const zoco_consumer* c, void** state, void (*report)(void*, zoco_str),
                              void* ctx)
    {
        auto& me = self(p);
        if (!me.refusal.empty())
        {
            report(ctx, str(me.refusal));
            return ZOCO_E_INVALID;
        }
        ++me.attached;
        me.consumer = std::string(view(c->plugin_id)) + " " + std::string(view(c->plugin_version));
        *state = &me.attached;
        return ZOCO_OK;
    }
    static void detach(zoco_provider* p, void* state)
    {
        CPPUNIT_ASSERT(state == &self(p).attached);
        --self(p).attached;
    }
    static zoco_status resolve(zoco_provider* p, void* state, zoco_str operation, const zoco_str*, uint32_t count,
                               zoco_operation* out, void (*report)(void*, zoco_str), void* ctx)
    {
        auto& me = self(p);
        CPPUNIT_ASSERT(state == &me.attached);
        if (view(operation) == "silent") return ZOCO_E_UNSUPPORTED;
        if (view(operation) != me.operation)
        {
            report(ctx, str("no such operation"));
            return ZOCO_E_UNSUPPORTED;
        }
        *out = me.number + count;
        return ZOCO_OK;
    }
    /// Answers with the number of the operation it is asked for.
    static zoco_status call(zoco_provider* p, void*, const zoco_call* c, zoco_sink*)
    {
        auto& me = self(p);
        if (++me.running > 1) me.isOverlapping = true;
        if (me.during) me.during();
        for (int i = 0; i < 50; ++i) std::this_thread::yield();
        --me.running;
        return static_cast<zoco_status>(c->steps[c->step_count - 1].operation);
    }
};

} // namespace zoco::host::test
