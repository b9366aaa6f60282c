#include "RouteTable.h"

#include "zoco/Http.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

const Route* withMethod(const std::vector<const Route*>& routes, std::string_view method)
{
    for (const auto* r : routes)
        if (r->method == method) return r;
    return nullptr;
}

/// Adds an element to a list with commas that does not have it yet.
void addToList(std::string& list, std::string_view element)
{
    for (std::string_view rest = list; !rest.empty();)
    {
        const auto end = std::min(rest.find(", "), rest.size());
        if (rest.substr(0, end) == element) return;
        rest.remove_prefix(std::min(end + 2, rest.size()));
    }
    list.append(", ").append(element);
}

std::string describe(const Route& route) { return route.plugin + " " + route.pattern.text; }

} // namespace

std::unique_ptr<RouteTable> RouteTable::build(std::vector<Route> routes, std::vector<RouteConflict>& conflicts)
{
    auto table = std::make_unique<RouteTable>();
    table->_routes = std::move(routes);
    for (auto& route : table->_routes)
        if (route.rule == nullptr) table->add(route, conflicts);
    for (auto& route : table->_routes)
        if (route.rule != nullptr) table->addCanary(route);
    return table;
}

void RouteTable::add(Route& route, std::vector<RouteConflict>& conflicts)
{
    bool isRest = false;
    auto* node = insert(route.pattern, isRest);
    auto& here = isRest ? node->rest : node->here;
    if (const auto* other = withMethod(here, route.method))
        conflicts.push_back({route.method, describe(*other), describe(route)});
    else
        here.push_back(&route);
}

void RouteTable::addCanary(Route& route)
{
    const auto shape = route.pattern.shape();
    for (auto& stable : _routes)
        if (stable.rule == nullptr && stable.plugin == route.plugin && stable.method == route.method &&
            stable.pattern.shape() == shape)
            stable.canary = &route;
}

RouteTable::Node* RouteTable::newNode() { return &_nodes.emplace_back(); }

RouteTable::Node* RouteTable::insert(const RoutePattern& pattern, bool& isRest)
{
    auto* node = _root;
    for (const auto& segment : pattern.segments)
    {
        if (segment.kind == RoutePattern::Kind::Rest)
        {
            isRest = true;
            return node;
        }
        if (segment.kind == RoutePattern::Kind::Parameter)
        {
            if (node->parameter == nullptr) node->parameter = newNode();
            node = node->parameter;
            continue;
        }
        const auto at = std::lower_bound(node->literals.begin(), node->literals.end(), segment.text,
                                         [](const auto& pair, const std::string& text) { return pair.first < text; });
        if (at != node->literals.end() && at->first == segment.text)
        {
            node = at->second;
            continue;
        }
        auto* child = newNode();
        node->literals.insert(at, {segment.text, child});
        node = child;
    }
    return node;
}

void RouteTable::match(std::string_view method, std::string_view path, RouteMatch& out) const
{
    out.route = nullptr;
    out.isMethodUnknown = false;
    out.allow.clear();
    out.values.clear();
    if (path.empty() || path[0] != '/') return;
    out.route = find(*_root, path.substr(1), method, out);
    out.isMethodUnknown = out.route == nullptr && !out.allow.empty();
}

/// The route of those that end at one place; when none has the method, theirs are added to the Allow list.
const Route* RouteTable::choose(const std::vector<const Route*>& routes, std::string_view method, RouteMatch& out)
{
    const auto* route = withMethod(routes, method);
    if (route == nullptr && method == "HEAD") route = withMethod(routes, "GET");
    if (route != nullptr || routes.empty()) return route;

    if (out.allow.empty()) out.allow = "OPTIONS";
    for (const auto* r : routes)
    {
        addToList(out.allow, r->method);
        if (r->method == "GET") addToList(out.allow, "HEAD");
    }
    return nullptr;
}

/// The most specific route that has the method: a POST below "/a/{x}" is found although "/a/b" exists for GET only.
const Route* RouteTable::find(const Node& node, std::string_view rest, std::string_view method, RouteMatch& out) const
{
    const auto slash = rest.find('/');
    const auto part = rest.substr(0, slash);
    const bool isLast = slash == std::string_view::npos;
    const auto descend = [&](const Node& child)
    { return isLast ? choose(child.here, method, out) : find(child, rest.substr(slash + 1), method, out); };

    const auto literal = part.find('%') == std::string_view::npos ? std::string() : percentDecode(part);
    const std::string_view text = literal.empty() ? part : std::string_view(literal);
    const auto at = std::lower_bound(node.literals.begin(), node.literals.end(), text,
                                     [](const auto& pair, std::string_view t) { return pair.first < t; });
    if (at != node.literals.end() && at->first == text)
        if (const auto* found = descend(*at->second)) return found;

    const auto depth = out.values.size();
    if (node.parameter != nullptr && !part.empty())
    {
        out.values.push_back(part);
        if (const auto* found = descend(*node.parameter)) return found;
        out.values.resize(depth);
    }
    if (node.rest.empty()) return nullptr;
    out.values.push_back(rest);
    const auto* found = choose(node.rest, method, out);
    if (found == nullptr) out.values.resize(depth);
    return found;
}

} // namespace zoco::host
