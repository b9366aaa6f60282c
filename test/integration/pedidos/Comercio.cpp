#include "Comercio.h"

#include "plugins/gestorbbdd/MariaDbServer.h"
#include "support/RawClient.h"

#include <memory>
#include <set>
#include <sqlite3.h>
#include <stdexcept>

namespace zoco::test
{

std::string Respuesta::outcome() const
{
    const auto slug = http.problemSlug();
    return std::to_string(http.status) + (slug.empty() ? "" : ' ' + slug);
}

std::int64_t Respuesta::importe(const std::string& path) const
{
    const rapidjson::Value* at = &json;
    for (std::size_t begin = 0; begin <= path.size();)
    {
        const auto end = std::min(path.find('.', begin), path.size());
        const auto name = path.substr(begin, end - begin);
        if (!at->IsObject() || !at->HasMember(name.c_str())) throw std::runtime_error(path + " is not in " + http.body);
        at = &(*at)[name.c_str()];
        begin = end + 1;
    }
    if (!at->IsObject() || !at->HasMember("importe")) throw std::runtime_error(path + " is no amount: " + http.body);
    return (*at)["importe"].GetInt64();
}

Comercio::Comercio(std::string url, Settings settings, Settings more)
    : _url(std::move(url)), _settings(std::move(settings)), _more(std::move(more))
{
    restart();
}

void Comercio::restart()
{
    HostOptions options;
    options.defines = {{"plugins.catalogo.demo", "false"},
                       {"plugins.pedidos.enabled", "true"},
                       {"plugins.llavero.enabled", "true"},
                       {"plugins.llavero.library", ZOCO_BUILD_DIR "/test/fixtures/logins.so"},
                       {"host.rate_limits", "off"}};
    if (!_url.empty()) options.defines.emplace_back("plugins.gestorbbdd.url", _url);
    for (const auto& [key, value] : _settings) options.defines.emplace_back("plugins.pedidos." + key, value);
    options.defines.insert(options.defines.end(), _more.begin(), _more.end());
    options.dataDir = _folder.path("data");
    _host.reset();
    _host.emplace(options);
    _staff.clear();
    _staff = sesion("tendero", "catalogo+pedidos");
}

Respuesta Comercio::send(const std::string& method, const std::string& path, const std::string& body,
                         const std::string& headers) const
{
    const auto lines = headers + (body.empty() ? "" : "Content-Type: application/json\r\n");
    Respuesta out{RawClient(_host->port(), std::chrono::seconds(60)).request(method, path, lines, body), {}};
    out.json.Parse(out.http.body.data(), out.http.body.size());
    if (out.json.HasParseError()) out.json.SetNull();
    return out;
}

std::string Comercio::sesion(const std::string& usuario, const std::string& roles) const
{
    return "Authorization: Bearer " + send("POST", "/Llavero/sesion?usuario=" + usuario + "&roles=" + roles).http.body +
           "\r\n";
}

std::string Comercio::producto(const std::string& sku, std::int64_t precio, const std::string& more)
{
    const auto made = send("POST", "/Catalogo/productos",
                           R"({"sku":")" + sku + R"(","nombre":"Producto )" + sku + R"(","precio":{"importe":)" +
                               std::to_string(precio) + R"(,"moneda":"EUR"})" + more + "}",
                           _staff);
    if (made.status() != 201) throw std::runtime_error("a product cannot be made: " + made.http.body);
    return made.json["id"].GetString();
}

std::optional<std::int64_t> Comercio::existencias(const std::string& sku) const
{
    const auto found = send("GET", "/Catalogo/productos/" + sku);
    if (found.status() != 200) throw std::runtime_error("no product " + sku + ": " + found.http.body);
    const auto& stock = found.json["existencias"];
    return stock.IsNull() ? std::nullopt : std::optional(stock.GetInt64());
}

void Comercio::cambiar(const std::string& sku, const std::string& patch) const
{
    const auto done = send("PATCH", "/Catalogo/productos/" + sku, patch, _staff);
    if (done.status() != 200) throw std::runtime_error("a product cannot be changed: " + done.http.body);
}

void Comercio::cupon(const std::string& body) const
{
    const auto made = send("POST", "/Pedidos/cupones", body, _staff);
    if (made.status() != 201) throw std::runtime_error("a coupon cannot be made: " + made.http.body);
}

Respuesta Cliente::send(const std::string& method, const std::string& path, const std::string& body,
                        const std::string& headers)
{
    auto lines = _headers + headers;
    if (!_ficha.empty()) lines += "X-Carrito: " + _ficha + "\r\n";
    auto out = _shop.send(method, path, body, lines);
    if (const auto ficha = out.http.header("X-Carrito"); !ficha.empty()) _ficha = ficha;
    return out;
}

Respuesta Cliente::sumar(const std::string& producto, int cantidad)
{
    return send("POST", "/Pedidos/carrito/lineas",
                R"({"producto":")" + producto + R"(","cantidad":)" + std::to_string(cantidad) + "}");
}

std::string Cliente::carrito()
{
    const auto cart = send("GET", "/Pedidos/carrito");
    if (cart.status() != 200) throw std::runtime_error("no cart: " + cart.http.body);
    std::set<std::string> lines;
    for (const auto& l : cart.json["lineas"].GetArray())
        lines.insert(std::string(l["sku"].IsNull() ? "?" : l["sku"].GetString()) + ':' +
                     std::to_string(l["cantidad"].GetInt()));
    std::string out;
    for (const auto& line : lines) out += (out.empty() ? "" : " ") + line;
    return out;
}

void behind(Comercio& shop, const std::string& database, const std::string& statement)
{
    constexpr int kPatienceMs = 5000;
    if (!database.empty()) return (void)gestorbbdd::test::MariaDbServer::shared().execute(statement, database);
    sqlite3* raw = nullptr;
    const auto opened = sqlite3_open((shop.host().dataDir() + "/plugins/gestorbbdd/zoco.db").c_str(), &raw);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> db(raw, &sqlite3_close);
    sqlite3_busy_timeout(raw, kPatienceMs);
    if (opened != SQLITE_OK || sqlite3_exec(raw, statement.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(raw));
}

} // namespace zoco::test
