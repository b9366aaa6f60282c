#pragma once

#include "Route.h"

#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Parameters of one match. Reused from request to request, so that matching allocates nothing in steady state.
struct RouteMatch
{
    const Route* route = nullptr; ///< null: none
    bool isMethodUnknown = false; ///< the path exists, but not with this method; `allow` lists those it has
    std::string allow;
    std::vector<std::string_view> values; ///< raw (percent-encoded) parameter values, in the order of the pattern
};

/// Two routes that claim the same requests.
struct RouteConflict
{
    std::string method;
    std::string first; ///< "plugin pattern"
    std::string second;
};

/// All routes of one configuration. Immutable after building, so any thread may match without a lock.
/// A literal segment wins over a parameter, a parameter over "{rest...}".
class RouteTable
{
public:
    /// An empty one.
    RouteTable() : _root(newNode()) {}
    RouteTable(const RouteTable&) = delete;
    RouteTable& operator=(const RouteTable&) = delete;

    /// Builds the table, or names every conflict. Routes of canaries stand behind those of the same plugin that they
    /// try out; one without such a route is left out.
    static std::unique_ptr<RouteTable> build(std::vector<Route> routes, std::vector<RouteConflict>& conflicts);

    /// `path` is percent-encoded; literals are compared after decoding. HEAD falls back to GET.
    void match(std::string_view method, std::string_view path, RouteMatch& out) const;

    std::span<const Route> routes() const noexcept { return _routes; }
    std::span<Route> routes() noexcept { return _routes; }

private:
    struct Node
    {
        std::vector<std::pair<std::string, Node*>> literals; ///< sorted
        Node* parameter = nullptr;
        std::vector<const Route*> here; ///< routes that end here, one per method
        std::vector<const Route*> rest; ///< "{rest...}" below here, one per method
    };

    void add(Route& route, std::vector<RouteConflict>& conflicts);
    void addCanary(Route& route);
    Node* insert(const RoutePattern& pattern, bool& isRest);
    Node* newNode();
    static const Route* choose(const std::vector<const Route*>& routes, std::string_view method, RouteMatch& out);
    const Route* find(const Node& node, std::string_view rest, std::string_view method, RouteMatch& out) const;

    std::vector<Route> _routes;
    std::deque<Node> _nodes;
    Node* _root;
};

} // namespace zoco::host
