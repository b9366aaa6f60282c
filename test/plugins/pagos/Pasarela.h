#pragma once

#include "redsys/Envelope.h"
#include "support/HostProcess.h"
#include "support/HttpResponse.h"
#include "support/SmallServer.h"
#include "support/TempFolder.h"

#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace pagos::test
{

/// A real program with the plugin `pagos`, orders of a plugin made for tests, and another shop's server, which takes
/// the notifications of the simulated payment service. One thread, but for `request`.
class Pasarela
{
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    /// `url`: where the data lie; empty: SQLite. `settings`: more of the plugins, such as
    /// "pagos.simulador", or of the host: "host.listen".
    explicit Pasarela(const std::string& url = {}, const Fields& settings = {});
    /// Ends the program as a crash does and starts it again.
    void restart();
    /// A setting for when it is started again.
    void set(const std::string& key, const std::string& value);

    /// Parameters of a payment of 49.99 euros; `more` are added, and win.
    Fields payment(const std::string& order, const Fields& more = {}) const;
    Envelope sealed(const Fields& parameters, const std::string& key = kKey) const;

    /// trataPeticionREST (or `path` of the two): the answer's values, whose signature must be right, or "error".
    MerchantParameters rest(const Fields& parameters, const std::string& path = "trataPeticionREST");
    std::string errorOf(const Fields& parameters);
    zoco::test::HttpResponse restRaw(const Envelope& envelope, const std::string& path = "trataPeticionREST");

    /// POST of a form to the simulator, with a language that the browser prefers.
    zoco::test::HttpResponse form(const std::string& path, const Fields& fields, const std::string& language = "es");
    /// The same to any path.
    zoco::test::HttpResponse formAt(const std::string& path, const Fields& fields, const std::string& language = "es");
    /// Sets switches, as JSON, by a member of the staff.
    void switches(const std::string& json);
    zoco::test::HttpResponse request(const std::string& method, const std::string& path, const std::string& body = {},
                                     const std::string& token = {}, const std::string& key = {},
                                     const std::string& more = {});
    std::string tokenOf(const std::string& role);

    /// Forms that the shop's server got, once there are so many; throws when they do not come.
    std::vector<std::string> notices(std::size_t count);
    std::string noticeUrl() const { return "http://127.0.0.1:" + std::to_string(_shop.port()) + "/aviso"; }
    zoco::test::HostProcess& host() { return *_host; }
    const std::string& staff() const { return _staff; }
    std::string dataDir() const { return _folder.path("data"); }

    static inline const std::string kKey = "sq7HjrUOBfKmC576ILgskD5srU870gJ7";
    static inline const std::string kOtherKey = "Mk9m98IfEblmPfrpsawt7BmxObt98Jev";
    /// A port below those that the system gives out by itself, so that a program comes back to it.
    static std::uint16_t freePort();
    static SigningKey key(const std::string& text = kKey);

private:
    zoco::test::TempFolder _folder;
    std::string _url;
    Fields _settings;
    std::mutex _mutex;
    std::vector<std::string> _notices;
    zoco::test::SmallServer _shop;
    std::optional<zoco::test::HostProcess> _host;
    std::string _staff;
};

/// The value of a hidden field of a page; empty when there is none.
std::string hiddenIn(const std::string& html, const std::string& name);

} // namespace pagos::test
