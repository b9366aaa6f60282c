// A plugin whose every handler blocks, for the question what the others notice of it.
//   GET /Atasco  ->  {} after ten seconds, during which a thread of this plugin waits

#include "zoco/Plugin.h"

#include <chrono>
#include <thread>

namespace
{

constexpr std::chrono::seconds kBlocked{10};

class Blocked final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override
    {
        // Others wait for a thread before it: the answer is in time all the same.
        host.http().route("GET", "/Atasco", {.auth = zoco::Auth::Public, .timeoutMs = 60'000},
                          [](const zoco::Request&)
                          {
                              std::this_thread::sleep_for(kBlocked);
                              return zoco::Reply::json("{}");
                          });
    }
};

} // namespace

ZOCO_PLUGIN(Blocked, .id = "atasco", .version = "1.0.0");
