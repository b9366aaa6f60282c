// Faults on purpose, one per route, for the sanitizers to find.

#include "zoco/Plugin.h"

#include <limits>
#include <memory>
#include <thread>

namespace
{

class Planted final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override
    {
        const auto plant = [&](const char* path, zoco::Handler handler)
        { host.http().route("GET", path, {.auth = zoco::Auth::Public}, std::move(handler)); };
        plant("/Plantado/memoria", [](const zoco::Request& r) { return usedAfterFree(r.path().size()); });
        plant("/Plantado/aritmetica",
              [](const zoco::Request& r) { return overflow(static_cast<int>(r.path().size())); });
        plant("/Plantado/carrera", [](const zoco::Request&) { return race(); });
        plant("/Plantado/nada", [](const zoco::Request&) { return zoco::Reply::text("sound"); });
    }

private:
    static zoco::Reply usedAfterFree(std::size_t size)
    {
        auto owner = std::make_unique<char[]>(size);
        const char* volatile stale = owner.get(); // volatile: the compiler must not see the fault
        owner.reset();
        return zoco::Reply::text(std::string(1, stale[0]));
    }

    static zoco::Reply overflow(int one)
    {
        volatile int most = std::numeric_limits<int>::max();
        return zoco::Reply::text(std::to_string(most + one));
    }

    static zoco::Reply race()
    {
        int counter = 0;
        std::thread other([&] { ++counter; });
        ++counter;
        other.join();
        return zoco::Reply::text(std::to_string(counter));
    }
};

} // namespace

ZOCO_PLUGIN(Planted, .id = "planted", .version = "1.0.0");
