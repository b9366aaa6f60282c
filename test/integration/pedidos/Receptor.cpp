#include "Receptor.h"

#include "support/Eventually.h"

#include <rapidjson/document.h>

namespace zoco::test
{

namespace
{

std::string headerOf(const std::string& head, const std::string& name)
{
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

} // namespace

Receptor::Receptor(std::function<int(std::size_t)> answers)
    : _answers(std::move(answers)), _server([this](SmallServer::Peer& peer) { answer(peer); })
{
}

void Receptor::answer(SmallServer::Peer& peer)
{
    auto text = peer.readUntil("\r\n\r\n");
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos || !text.starts_with("POST /avisos HTTP/1.1\r\n")) return;
    const auto head = text.substr(0, end + 2);
    Aviso got{headerOf(head, "Zoco-Signature"), text.substr(end + 4), {}};
    const auto size = std::stoul(headerOf(head, "Content-Length"));
    if (got.body.size() < size) got.body += peer.readBytes(size - got.body.size());
    rapidjson::Document json;
    json.Parse(got.body.c_str());
    if (json.IsObject() && json.HasMember("id")) got.id = json["id"].GetString();
    int status = 0;
    {
        const std::lock_guard lock(_mutex);
        status = _answers(_all.size());
        _all.push_back(std::move(got));
    }
    if (status > 0)
        (void)peer.write("HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

std::vector<Receptor::Aviso> Receptor::all() const
{
    const std::lock_guard lock(_mutex);
    return _all;
}

bool Receptor::has(std::size_t count) const
{
    return eventually([&] { return all().size() >= count; }, std::chrono::seconds(40));
}

} // namespace zoco::test
