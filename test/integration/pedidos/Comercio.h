#pragma once

#include "support/HostProcess.h"
#include "support/HttpResponse.h"
#include "support/TempFolder.h"

#include <cstdint>
#include <map>
#include <optional>
#include <rapidjson/document.h>
#include <string>
#include <utility>
#include <vector>

namespace zoco::test
{

/// An answer with its JSON.
struct Respuesta
{
    HttpResponse http;
    rapidjson::Document json; ///< null when the body is none

    int status() const { return http.status; }
    /// "422 datos-invalidos", or the status alone.
    std::string outcome() const;
    /// Minor units at a path such as "totales.total"; throws when there is no amount.
    std::int64_t importe(const std::string& path) const;
};

/// The real program with `gestorbbdd`, `catalogo`, `pedidos` and a plugin that believes who anybody says they are.
/// [any-thread] but for `restart`.
class Comercio
{
public:
    using Settings = std::vector<std::pair<std::string, std::string>>;

    /// `url`: where its data lie; empty: SQLite below its folder. `settings`: of pedidos. `more`: of
    /// the program.
    explicit Comercio(std::string url = {}, Settings settings = {}, Settings more = {});

    void restart();
    Respuesta send(const std::string& method, const std::string& path, const std::string& body = {},
                   const std::string& headers = {}) const;

    /// Makes a product and returns its id. `more`: members, each with a comma before it.
    std::string producto(const std::string& sku, std::int64_t precio, const std::string& more = {});
    /// Pieces that are there; nothing when stock is not tracked.
    std::optional<std::int64_t> existencias(const std::string& sku) const;
    void cambiar(const std::string& sku, const std::string& patch) const;
    /// Makes a coupon.
    void cupon(const std::string& body) const;

    /// Header lines of who is logged in with this id and these roles.
    std::string sesion(const std::string& usuario, const std::string& roles = "cliente") const;

    HostProcess& host() { return *_host; }

private:
    TempFolder _folder;
    std::string _url;
    Settings _settings;
    Settings _more;
    std::optional<HostProcess> _host;
    mutable std::string _staff;
};

/// Runs a statement on a shop's database, behind the plugins' backs. `database`: its name at the shared MariaDB server;
/// empty: the shop has SQLite.
void behind(Comercio& shop, const std::string& database, const std::string& statement);

/// A browser that is nobody yet, known by its X-Carrito. One thread.
class Cliente
{
public:
    explicit Cliente(const Comercio& shop, std::string headers = {}) : _shop(shop), _headers(std::move(headers)) {}

    Respuesta send(const std::string& method, const std::string& path, const std::string& body = {},
                   const std::string& headers = {});
    Respuesta sumar(const std::string& producto, int cantidad = 1);
    /// "A:2 B:1", sorted.
    std::string carrito();

    /// Logs in, keeping the cart's token.
    void entrar(const std::string& usuario) { _headers = _shop.sesion(usuario); }
    void salir() { _headers.clear(); }
    const std::string& ficha() const noexcept { return _ficha; }
    void usar(std::string ficha) { _ficha = std::move(ficha); }

private:
    const Comercio& _shop;
    std::string _headers;
    std::string _ficha;
};

} // namespace zoco::test
