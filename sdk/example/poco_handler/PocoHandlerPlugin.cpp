// Existing Poco::Net::HTTPRequestHandler classes, unchanged, behind Zoco.
//   GET, POST /Poco/echo         tells what it received
//   GET, POST /Poco/formulario   an HTML form with cookies

#include "LegacyHandlers.h"

#include "zoco/Plugin.h"
#include "zoco/PocoHandler.h"

namespace
{

class PocoHandlerPlugin final : public zoco::Plugin
{
public:
    void init(zoco::Host& host) override
    {
        const zoco::RouteOptions open{.auth = zoco::Auth::Public, .bodyLimit = 64 * 1024};
        for (const char* method : {"GET", "POST"})
        {
            zoco::pocoRoute(host.http(), method, "/Poco/echo", open, [] { return new legacy::EchoHandler; });
            zoco::pocoRoute(host.http(), method, "/Poco/formulario", open, [] { return new legacy::FormHandler; });
        }
    }
};

} // namespace

ZOCO_PLUGIN(PocoHandlerPlugin, .id = "poco-handler", .version = "1.0.0");
