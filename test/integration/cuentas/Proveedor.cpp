#include "Proveedor.h"

#include "Reloj.h"

#include <stdexcept>

namespace zoco::test
{

Proveedor::Proveedor()
    : _server(
          [this](SmallServer::Peer& peer)
          {
              const auto head = peer.readUntil("\r\n\r\n");
              const auto start = head.find(' ') + 1;
              const auto body = answer(head.substr(start, head.find(' ', start) - start));
              peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " +
                         std::to_string(body.size()) + "\r\n\r\n" + body);
          })
{
    const std::lock_guard lock(_mutex);
    _url = "http://127.0.0.1:" + std::to_string(_server.port());
    _issuer.emplace(_url);
    _folder.write("secreto", "no se lo digas a nadie", 0600);
    _folder.write("externos.json",
                  R"([{"id":"empresa","nombre":"Empresa","emisor":")" + _url +
                      R"(","cliente":"zoco","secreto_fichero":"secreto","correo_de_confianza":true}])");
}

void Proveedor::setIdentity(const std::string& subject, const std::string& mail, const std::string& nonce)
{
    const std::lock_guard lock(_mutex);
    _subject = subject;
    _mail = mail;
    _nonce = nonce;
}

std::string Proveedor::entra(Tienda& shop, const std::string& subject, const std::string& mail)
{
    const auto left = shop.send("GET", "/Usuarios/externo/empresa?volver=/");
    const auto visitor = left.header("Set-Cookie");
    const auto parameter = [to = left.header("Location")](const std::string& name)
    {
        const auto at = to.find(name + '=') + name.size() + 1;
        return to.substr(at, to.find('&', at) - at);
    };
    setIdentity(subject, mail, parameter("nonce"));
    const auto back = shop.send("GET", "/Usuarios/externo/empresa/retorno?code=c&state=" + parameter("state"), {}, {},
                                "Cookie: " + visitor.substr(0, visitor.find(';')) + "\r\n");
    const auto cookie = back.header("Set-Cookie");
    if (!cookie.starts_with("zoco=")) throw std::runtime_error("was not let in: " + back.header("Location"));
    return cookie.substr(5, cookie.find(';') - 5);
}

std::string Proveedor::answer(const std::string& target)
{
    const std::lock_guard lock(_mutex);
    if (target.find("openid-configuration") != std::string::npos) return _issuer->discovery();
    if (target == "/jwks") return _issuer->keys();
    auto claims = _issuer->claims(usuarios::nowUs());
    claims.set("iss", _url);
    claims.set("sub", _subject);
    claims.set("nonce", _nonce);
    claims.set("email", _mail);
    return R"({"access_token":"a","token_type":"Bearer","id_token":")" + _issuer->token(claims) + "\"}";
}

} // namespace zoco::test
