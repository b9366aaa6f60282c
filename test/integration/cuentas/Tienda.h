#pragma once

#include "Buzon.h"
#include "support/HostProcess.h"
#include "support/HttpResponse.h"
#include "support/TempFolder.h"

#include <optional>
#include <rapidjson/document.h>
#include <string>
#include <utility>
#include <vector>

namespace zoco::test
{

/// The real program with `gestorbbdd` and `usuarios`, and what its clients do. One thread.
class Tienda
{
public:
    using Settings = std::vector<std::pair<std::string, std::string>>;

    /// `url`: where its data lie; empty: SQLite below its folder. `settings`: of usuarios, or whole keys such as
    /// "plugins.libreta.enabled". `environment`: of the
    /// program, "NAME=value" each.
    explicit Tienda(std::string url = {}, Settings settings = {}, std::vector<std::string> environment = {});

    void restart();
    /// A request with a JSON body (empty: none) by who holds `ficha` (empty: nobody).
    HttpResponse send(const std::string& method, const std::string& path, const std::string& body = {},
                      const std::string& ficha = {}, const std::string& headers = {});
    /// Status of such a request, and its problem behind a blank: "422 datos-invalidos".
    std::string outcome(const std::string& method, const std::string& path, const std::string& body = {},
                        const std::string& ficha = {});
    rapidjson::Document get(const std::string& path, const std::string& ficha);

    /// Registers and verifies.
    void alta(const std::string& correo, const std::string& clave = kClave, const std::string& nombre = "Ana");
    HttpResponse acceso(const std::string& correo, const std::string& clave = kClave, const std::string& codigo = {},
                        const std::string& headers = {});
    /// Logs in and returns the token; throws when it fails.
    std::string ficha(const std::string& correo, const std::string& clave = kClave, const std::string& codigo = {});
    /// Runs `zoco ...` on it: standard output and error, and "!" before them when it failed.
    std::string mando(std::vector<std::string> words);

    Buzon& buzon() { return *_buzon; }
    HostProcess& host() { return *_host; }
    const TempFolder& folder() const { return _folder; }

    static inline const std::string kClave = "caballo grapa bateria correcta";

private:
    TempFolder _folder;
    std::string _url;
    Settings _settings;
    std::vector<std::string> _environment;
    std::optional<HostProcess> _host;
    std::optional<Buzon> _buzon;
};

/// {"name":"value",...} of texts.
std::string json(std::initializer_list<std::pair<std::string_view, std::string_view>> members);

} // namespace zoco::test
