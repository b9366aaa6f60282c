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

std::string describe(const Route& route) { return route.plugin + " " + route.pattern.text; }

} // namespace

std::unique_ptr<const RouteTable> RouteTable::build(std::vector<Route> routes, std::vector<RouteConflict>& conflicts)
{
    auto table = std::make_unique<RouteTable>();
    table->_routes = std::move(routes);
    std::uint32_t index = 0;
    for (auto& route : table->_routes)
    {
        route.index = index++;
        bool isRest = false;
        auto* node = table->insert(route.pattern, isRest);
        auto& here = isRest ? node->rest : node->here;
        if (const auto* other = withMethod(here, route.method))
            conflicts.push_back({route.method, describe(*other), describe(route)});
        else
            here.push_back(&route);
    }
    return table;
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
    out.values.clear();
    if (path.empty() || path[0] != '/') return;
    const auto* found = find(*_root, path.substr(1), out);
    if (found == nullptr) return;

    out.route = withMethod(*found, method);
    if (out.route == nullptr && method == "HEAD") out.route = withMethod(*found, "GET");
    if (out.route != nullptr) return;

    out.isMethodUnknown = true;
    out.allow = "OPTIONS";
    const bool hasHead = withMethod(*found, "HEAD") != nullptr;
    for (const auto* r : *found)
        if (r->method != "OPTIONS") out.allow += (r->method == "GET" && !hasHead ? ", GET, HEAD" : ", " + r->method);
}

const std::vector<const Route*>* RouteTable::find(const Node& node, std::string_view rest, RouteMatch& out) const
{
    const auto slash = rest.find('/');
    const auto part = rest.substr(0, slash);
    const bool isLast = slash == std::string_view::npos;
    const auto below = isLast ? std::string_view{} : rest.substr(slash + 1);
    const auto descend = [&](const Node& child) -> const std::vector<const Route*>*
    {
        if (!isLast) return find(child, below, out);
        return child.here.empty() ? nullptr : &child.here;
    };

    const auto literal = part.find('%') == std::string_view::npos ? std::string() : percentDecode(part);
    const std::string_view text = literal.empty() ? part : std::string_view(literal);
    const auto at = std::lower_bound(node.literals.begin(), node.literals.end(), text,
                                     [](const auto& pair, std::string_view t) { return pair.first < t; });
    if (at != node.literals.end() && at->first == text)
        if (const auto* found = descend(*at->second)) return found;

    if (node.parameter != nullptr && !part.empty())
    {
        const auto depth = out.values.size();
        out.values.push_back(part);
        if (const auto* found = descend(*node.parameter)) return found;
        out.values.resize(depth);
    }
    if (!node.rest.empty())
    {
        out.values.push_back(rest);
        return &node.rest;
    }
    return nullptr;
}

} // namespace zoco::host
