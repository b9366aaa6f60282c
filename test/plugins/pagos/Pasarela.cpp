#include "Pasarela.h"

#include "http/Form.h"
#include "support/Eventually.h"
#include "support/RawClient.h"

#include <rapidjson/document.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <random>
#include <stdexcept>

namespace pagos::test
{

using zoco::test::HttpResponse;
using zoco::test::RawClient;

namespace
{

zoco::test::HostOptions options(const std::string& url, const std::string& dataDir, const Pasarela::Fields& settings)
{
    zoco::test::HostOptions out;
    out.dataDir = dataDir;
    out.defines = {{"plugins.usuarios.enabled", "false"},
                   {"plugins.catalogo.demo", "false"},
                   {"plugins.llavero.enabled", "true"},
                   {"plugins.llavero.library", ZOCO_BUILD_DIR "/test/fixtures/logins.so"},
                   {"plugins.pedidos.enabled", "true"},
                   {"plugins.pedidos.library", ZOCO_BUILD_DIR "/test/fixtures/pedidos_de_prueba.so"},
                   {"plugins.pagos.enabled", "true"},
                   {"plugins.pagos.conciliacion_s", "1"},
                   {"plugins.pagos.sin_respuesta_s", "1"},
                   {"host.rate_limits", "off"}};
    for (const auto& [key, value] : settings)
    {
        const auto name = key.starts_with("host.") ? key : "plugins." + key;
        std::erase_if(out.defines, [&](const auto& define) { return define.first == name; });
        out.defines.emplace_back(name, value);
    }
    if (!url.empty()) out.defines.emplace_back("plugins.gestorbbdd.url", url);
    return out;
}

std::string bodyOf(zoco::test::SmallServer::Peer& peer)
{
    auto text = peer.readUntil("\r\n\r\n");
    if (!text.starts_with("POST ") || text.find("\r\n\r\n") == std::string::npos) return {}; // it went away
    const auto head = text.find("\r\n\r\n") + 4;
    auto lower = text.substr(0, head);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    const auto size = std::stoul(lower.substr(lower.find("content-length:") + 15));
    if (text.size() < head + size) text += peer.readBytes(head + size - text.size());
    return text.substr(head);
}

} // namespace

Pasarela::Pasarela(const std::string& url, const Fields& settings)
    : _url(url),
      _settings(settings),
      _shop(
          [this](zoco::test::SmallServer::Peer& peer)
          {
              auto body = bodyOf(peer);
              if (body.empty()) return;
              {
                  const std::lock_guard lock(_mutex);
                  _notices.push_back(std::move(body));
              }
              peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
          }),
      _host(std::in_place, options(_url, _folder.path("data"), _settings)),
      _staff(tokenOf("pagos"))
{
}

void Pasarela::restart()
{
    _host->kill();
    _host.emplace(options(_url, _folder.path("data"), _settings));
    _staff = tokenOf("pagos");
}

void Pasarela::set(const std::string& key, const std::string& value)
{
    std::erase_if(_settings, [&](const auto& setting) { return setting.first == key; });
    _settings.emplace_back(key, value);
}

std::uint16_t Pasarela::freePort()
{
    std::random_device random;
    for (int i = 0; i < 100; ++i)
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        ::sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(12'000 + random() % 18'000));
        const bool isFree = ::bind(fd, reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0;
        ::close(fd);
        if (isFree) return ntohs(address.sin_port);
    }
    throw std::runtime_error("no port is free");
}

SigningKey Pasarela::key(const std::string& text)
{
    return SigningKey::parse(SignatureVersion::HmacSha256V1, text).value();
}

Pasarela::Fields Pasarela::payment(const std::string& order, const Fields& more) const
{
    Fields out{{"DS_MERCHANT_ORDER", order},    {"DS_MERCHANT_MERCHANTCODE", "999008881"},
               {"DS_MERCHANT_TERMINAL", "001"}, {"DS_MERCHANT_AMOUNT", "4999"},
               {"DS_MERCHANT_CURRENCY", "978"}, {"DS_MERCHANT_TRANSACTIONTYPE", "0"}};
    for (const auto& [name, value] : more)
    {
        const auto at = std::find_if(out.begin(), out.end(), [&](const auto& f) { return f.first == name; });
        if (at == out.end())
            out.emplace_back(name, value);
        else
            at->second = value;
    }
    return out;
}

Envelope Pasarela::sealed(const Fields& parameters, const std::string& keyText) const
{
    ParametersWriter writer;
    std::string order;
    for (const auto& [name, value] : parameters)
    {
        if (name == "DS_MERCHANT_ORDER") order = value;
        if (value.starts_with('{'))
            writer.addJson(name, value);
        else
            writer.add(name, value);
    }
    return Envelope::sealed(key(keyText), order, writer).value();
}

HttpResponse Pasarela::request(const std::string& method, const std::string& path, const std::string& body,
                               const std::string& token, const std::string& key, const std::string& more)
{
    auto headers = more + (body.empty() ? "" : "Content-Type: application/json\r\n");
    if (!token.empty()) headers += "Authorization: Bearer " + token + "\r\n";
    if (!key.empty()) headers += "Idempotency-Key: " + key + "\r\n";
    return RawClient(_host->port()).request(method, path, headers, body);
}

HttpResponse Pasarela::restRaw(const Envelope& envelope, const std::string& path)
{
    return request("POST", "/Pagos/simulador/sis/rest/" + path, envelope.toJson());
}

MerchantParameters Pasarela::rest(const Fields& parameters, const std::string& path)
{
    const auto response = restRaw(sealed(parameters), path);
    const auto envelope = Envelope::fromJson(response.body);
    if (!envelope) throw std::runtime_error(path + " answered " + std::to_string(response.status) + response.body);
    return envelope->open(key()).value();
}

std::string Pasarela::errorOf(const Fields& parameters)
{
    const auto response = restRaw(sealed(parameters));
    rapidjson::Document document;
    document.Parse(response.body.data(), response.body.size());
    if (document.HasParseError() || !document.IsObject() || !document.HasMember("errorCode")) return response.body;
    return document["errorCode"].GetString();
}

HttpResponse Pasarela::form(const std::string& path, const Fields& fields, const std::string& language)
{
    return formAt("/Pagos/simulador" + path, fields, language);
}

HttpResponse Pasarela::formAt(const std::string& path, const Fields& fields, const std::string& language)
{
    return RawClient(_host->port())
        .request("POST", path,
                 "Content-Type: application/x-www-form-urlencoded\r\nAccept-Language: " + language + "\r\n",
                 formOf(fields));
}

std::string Pasarela::tokenOf(const std::string& role)
{
    return request("POST", "/Llavero/sesion?usuario=" + role + "&roles=" + role).body;
}

void Pasarela::switches(const std::string& json)
{
    const auto done = request("PUT", "/Pagos/simulador/interruptores", json, _staff);
    if (done.status != 200) throw std::runtime_error("the switches answered " + done.body);
}

std::vector<std::string> Pasarela::notices(std::size_t count)
{
    const auto size = [&]
    {
        const std::lock_guard lock(_mutex);
        return _notices.size();
    };
    if (!zoco::test::eventually([&] { return size() >= count; })) throw std::runtime_error("notifications are missing");
    const std::lock_guard lock(_mutex);
    return _notices;
}

std::string hiddenIn(const std::string& html, const std::string& name)
{
    const auto before = "name=\"" + name + "\" value=\"";
    const auto at = html.find(before);
    if (at == std::string::npos) return {};
    const auto begin = at + before.size();
    return html.substr(begin, html.find('"', begin) - begin);
}

} // namespace pagos::test
