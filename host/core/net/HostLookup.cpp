#include "HostLookup.h"

#include "HttpFault.h"

#include <Poco/Exception.h>
#include <Poco/Net/DNS.h>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

namespace zoco::host
{

namespace
{

constexpr int kMostAtOnce = 64;

using Addresses = std::vector<Poco::Net::IPAddress>;

/// Shared with the resolver's thread, which may be late.
struct Lookup
{
    std::string host;
    std::promise<Addresses> found;
    std::shared_ptr<std::atomic<int>> running;
};

void resolve(Lookup& lookup) noexcept
{
    try
    {
        lookup.found.set_value(Poco::Net::DNS::resolve(lookup.host).addresses());
    }
    catch (...)
    {
        lookup.found.set_exception(std::current_exception());
    }
    lookup.running->fetch_sub(1);
}

/// How many look-ups run in this process.
const std::shared_ptr<std::atomic<int>>& running()
{
    static const auto count = std::make_shared<std::atomic<int>>(0);
    return count;
}

} // namespace

Addresses lookUp(const std::string& host, std::chrono::nanoseconds time)
{
    if (Poco::Net::IPAddress address; Poco::Net::IPAddress::tryParse(host, address)) return {address};
    if (running()->fetch_add(1) >= kMostAtOnce)
    {
        running()->fetch_sub(1);
        throw HttpFault(ZOCO_E_UNAVAILABLE, "the system's resolver does not answer");
    }
    const auto lookup = std::make_shared<Lookup>(Lookup{host, {}, running()});
    auto found = lookup->found.get_future();
    std::thread([lookup] { resolve(*lookup); }).detach();
    if (found.wait_for(time) != std::future_status::ready)
        throw HttpFault(ZOCO_E_DEADLINE, "the host's name is not looked up in time");
    try
    {
        return found.get();
    }
    catch (const Poco::Exception&)
    {
        throw HttpFault(ZOCO_E_UNAVAILABLE, "the host has no address");
    }
}

} // namespace zoco::host
