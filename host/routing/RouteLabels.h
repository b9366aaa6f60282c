#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace zoco::host
{

struct Route;

/// Names a route for logs and rate limits: the same for as long as the host runs, however often its plugin is replaced.
struct RouteLabel
{
    std::string plugin;
    std::string pattern;
    std::uint32_t number = 0;
};

/// All labels that were ever given. As many as there are different routes, so it does not grow by changes that repeat.
/// One thread at a time; the labels themselves are constant and live as long as this.
class RouteLabels
{
public:
    const RouteLabel& of(const Route& route);

private:
    std::deque<RouteLabel> _labels;
    std::map<std::string, const RouteLabel*> _byKey; ///< plugin, method and pattern
};

} // namespace zoco::host
