#include "Recogida.h"

#include "text/Base64Url.h"

#include <algorithm>

namespace usuarios
{

using zoco::Value;

Recogida::Lugar Recogida::reserve()
{
    if (_places.fetch_sub(1) > 0) return Lugar(this, [this](void*) { ++_places; });
    ++_places;
    return {};
}

std::string Recogida::begin(Lugar lugar, const zoco::DataSubject& subject, std::vector<Tratamiento> expected, Done done)
{
    const auto request = base64Url(_crypto.random(16));
    Pending pending;
    for (const auto& t : expected) pending.waiting.insert(t.extension);
    pending.gathered.tratamientos = std::move(expected);
    pending.done = std::move(done);
    pending.lugar = std::move(lugar);
    const bool isNobodyAsked = pending.waiting.empty();
    {
        const std::lock_guard lock(_mutex);
        _pending.emplace(request, std::move(pending));
    }
    const auto correo = _crypto.seal(subject.correo, zoco::kPersonalDataContext);
    const auto status =
        _events.publish(zoco::kPersonalDataExport,
                        {{"solicitud", request}, {"usuario", subject.usuario}, {"correo", Value::blob(correo)}});
    if (isNobodyAsked || status != ZOCO_OK) giveUp(request);
    return request;
}

void Recogida::finish(Pending pending)
{
    pending.gathered.silent = std::move(pending.waiting);
    pending.done(std::move(pending.gathered));
}

void Recogida::giveUp(std::string_view request)
{
    std::unique_lock lock(_mutex);
    const auto found = _pending.find(request);
    if (found == _pending.end()) return;
    auto pending = std::move(found->second);
    _pending.erase(found);
    lock.unlock();
    finish(std::move(pending));
}

void Recogida::take(const zoco::Event& event)
{
    const auto part = _crypto.open(event["parte"].text(), zoco::kPersonalDataContext).value();
    std::unique_lock lock(_mutex);
    const auto found = _pending.find(event["solicitud"].text());
    if (found == _pending.end()) return; // of another instance, or too late
    auto& pending = found->second;
    const std::string plugin(event.publisher());
    if (!pending.waiting.contains(plugin)) return;
    auto& parts = pending.gathered.parts;
    const auto name = event["nombre"].text();
    if (pending.bytes + part.size() > kMostBytes)
        pending.gathered.isTooLarge = true;
    else if (!name.empty())
    {
        pending.bytes += part.size();
        const auto known = std::find_if(parts.begin(), parts.end(),
                                        [&](const auto& p) { return p.extension == plugin && p.name == name; });
        auto& target =
            known == parts.end() ? parts.emplace_back(Recogido::Part{plugin, std::string(name), {}}) : *known;
        target.json += part;
    }
    if (event["quedan"].integer() == 0) pending.waiting.erase(plugin);
    if (!pending.waiting.empty()) return;
    auto whole = std::move(pending);
    _pending.erase(found);
    lock.unlock();
    finish(std::move(whole));
}

} // namespace usuarios
