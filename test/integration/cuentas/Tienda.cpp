#include "Tienda.h"

#include "support/ChildProcess.h"
#include "support/RawClient.h"
#include "zoco/Json.h"

#include <stdexcept>

namespace zoco::test
{

std::string json(std::initializer_list<std::pair<std::string_view, std::string_view>> members)
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject();
    for (const auto& [name, value] : members) writer.member(name, value);
    writer.endObject();
    return out;
}

Tienda::Tienda(std::string url, Settings settings, std::vector<std::string> environment)
    : _url(std::move(url)), _settings(std::move(settings)), _environment(std::move(environment))
{
    restart();
}

void Tienda::restart()
{
    HostOptions options;
    options.defines = {
        {"plugins.catalogo.enabled", "false"}, {"plugins.usuarios.enabled", "true"}, {"host.rate_limits", "off"}};
    if (!_url.empty()) options.defines.emplace_back("plugins.gestorbbdd.url", _url);
    for (const auto& [key, value] : _settings)
        options.defines.emplace_back(key.find('.') == std::string::npos ? "plugins.usuarios." + key : key, value);
    options.dataDir = _folder.path("data");
    options.environment = _environment;
    _host.reset();
    _host.emplace(options);
    if (!_buzon) _buzon.emplace(options.dataDir);
}

HttpResponse Tienda::send(const std::string& method, const std::string& path, const std::string& body,
                          const std::string& ficha, const std::string& headers)
{
    auto lines = headers;
    if (!ficha.empty()) lines += "Authorization: Bearer " + ficha + "\r\n";
    if (!body.empty()) lines += "Content-Type: application/json\r\n";
    return RawClient(_host->port()).request(method, path, lines, body);
}

std::string Tienda::outcome(const std::string& method, const std::string& path, const std::string& body,
                            const std::string& ficha)
{
    const auto response = send(method, path, body, ficha);
    const auto slug = response.problemSlug();
    return std::to_string(response.status) + (slug.empty() ? "" : ' ' + slug);
}

rapidjson::Document Tienda::get(const std::string& path, const std::string& ficha)
{
    const auto response = send("GET", path, {}, ficha);
    if (response.status != 200)
        throw std::runtime_error(path + " answered " + std::to_string(response.status) + ' ' + response.body);
    rapidjson::Document out;
    out.Parse(response.body.data(), response.body.size());
    if (out.HasParseError()) throw std::runtime_error(path + " answered no JSON");
    return out;
}

void Tienda::alta(const std::string& correo, const std::string& clave, const std::string& nombre)
{
    const auto asked = send("POST", "/Usuarios", json({{"correo", correo}, {"clave", clave}, {"nombre", nombre}}));
    if (asked.status != 202) throw std::runtime_error("registration answered " + asked.body);
    const auto made = send("POST", "/Usuarios/verificacion", json({{"ficha", _buzon->nextFicha(correo)}}));
    if (made.status != 200) throw std::runtime_error("verification answered " + made.body);
}

HttpResponse Tienda::acceso(const std::string& correo, const std::string& clave, const std::string& codigo,
                            const std::string& headers)
{
    const auto body = codigo.empty() ? json({{"correo", correo}, {"clave", clave}})
                                     : json({{"correo", correo}, {"clave", clave}, {"codigo", codigo}});
    return send("POST", "/Usuarios/sesion", body, {}, headers);
}

std::string Tienda::ficha(const std::string& correo, const std::string& clave, const std::string& codigo)
{
    const auto response = acceso(correo, clave, codigo);
    rapidjson::Document out;
    out.Parse(response.body.data(), response.body.size());
    if (response.status != 200 || out.HasParseError()) throw std::runtime_error("login answered " + response.body);
    return out["ficha"].GetString();
}

std::string Tienda::mando(std::vector<std::string> words)
{
    words.insert(words.begin(), {HostProcess::binary(), "-D", "data.dir=" + _host->dataDir()});
    const auto result = runProcess(words, {{}, _folder.path()});
    return (result.status.code == 0 ? "" : "!") + result.out + result.error;
}

} // namespace zoco::test
