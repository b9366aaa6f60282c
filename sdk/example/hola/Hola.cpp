// The smallest useful plugin: one public route, one setting.
//   GET /Hola/Ana  ->  {"saludo":"Hola, Ana"}

#include "zoco/Json.h"
#include "zoco/Plugin.h"

#include <string>

namespace
{

class Hola final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override
    {
        _greeting = std::string(host.config().text("greeting")) + ", ";
        host.http().route("GET", "/Hola/{nombre}",
                          {.auth = zoco::Auth::Public, .nonBlocking = true, .openapi = R"({"summary": "Greets"})"},
                          [this](const zoco::Request& request) { return greet(request.param("nombre")); });
    }

private:
    zoco::Reply greet(std::string_view name) const
    {
        std::string greeting;
        greeting.reserve(_greeting.size() + name.size());
        greeting.append(_greeting).append(name);
        std::string body;
        body.reserve(greeting.size() + 24);
        zoco::JsonWriter(body).beginObject().member("saludo", greeting).endObject();
        return zoco::Reply::json(std::move(body));
    }

    std::string _greeting;
};

} // namespace

ZOCO_PLUGIN(Hola, .id = "hola", .version = "1.0.0");
