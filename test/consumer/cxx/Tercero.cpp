// Says an embedded text as often as a setting says.
//   GET /Tercero

#include "zoco/Plugin.h"

#include <string>
#include <string_view>

namespace
{

/// An embedded file by its name; empty when there is none.
std::string_view embedded(std::string_view name)
{
    for (const auto* r = zoco_plugin_resources; r->kind != nullptr; ++r)
        if (name == r->name) return zoco::view(r->data);
    return {};
}

class Tercero final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override
    {
        for (auto i = host.config().integer("veces"); i > 0; --i) _text += embedded("saludo");
        host.http().route("GET", "/Tercero", {.auth = zoco::Auth::Public},
                          [this](const zoco::Request&) { return zoco::Reply::text(_text); });
    }

private:
    std::string _text;
};

} // namespace

ZOCO_PLUGIN(Tercero, .id = "tercero", .version = "1.2.3");
