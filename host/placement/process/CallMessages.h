#pragma once

#include "Messages.h"
#include "zoco/abi/http.h"
#include "zoco/abi/services.h"

#include <string>
#include <vector>

namespace zoco::host
{

/// A request in a frame's payload, unpacked into views of a copy of it. Reused, so that its vectors keep their memory.
struct WireRequest
{
    std::uint64_t id = 0;
    std::uint32_t route = 0; ///< index among the plugin's routes
    zoco_request raw{};

    static std::string pack(std::uint64_t id, std::uint32_t route, const zoco_request& request);
    /// Takes a copy of the payload and makes `raw` of it.
    void unpack(std::string_view payload);

private:
    std::string _payload;
    std::vector<zoco_pair> _params;
    std::vector<zoco_pair> _headers;
    std::vector<zoco_pair> _claims;
    zoco_idempotency _known{};
};

/// A service call in a frame's payload.
struct WireCall
{
    zoco_call raw{};

    static void pack(Packer& out, const zoco_call& call);
    /// Views into the payload that `in` reads.
    void unpack(Unpacker& in);

private:
    std::vector<zoco_step> _steps;
    std::deque<std::vector<zoco_value>> _args;
    ValueLists _lists;
};

/// Gathers what a provider passes to its sink in the frame that answers a call.
class ResultPacker
{
public:
    explicit ResultPacker(std::uint64_t id);

    zoco_sink* sink() noexcept { return &_sink; }
    /// The frame, with the call's status.
    std::string finish(zoco_status status);

private:
    static zoco_status columns(void* self, uint32_t step, const zoco_str* names, uint32_t count);
    static zoco_status row(void* self, uint32_t step, const zoco_value* values, uint32_t count);
    static void done(void* self, uint32_t step, int64_t affectedRows);
    static void problem(void* self, const zoco_problem* problem);
    zoco_status room() const noexcept;

    Packer _out;
    zoco_sink _sink;
};

/// Passes a call's results to its sink (may be null), as its provider would have; returns its status.
zoco_status playResult(Unpacker& in, zoco_sink* sink);

} // namespace zoco::host
