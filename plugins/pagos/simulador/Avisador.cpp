#include "Avisador.h"

#include "http/Form.h"
#include "redsys/Envelope.h"

#include <chrono>
#include <utility>

namespace pagos
{

namespace
{

constexpr std::uint32_t kNoticeTimeoutMs = 10'000;

} // namespace

void Avisador::set(const Interruptores& interruptores)
{
    std::vector<Lista> held;
    {
        const std::lock_guard lock(_mutex);
        _interruptores = interruptores;
        if (interruptores.avisosAlReves == 0) held.swap(_held);
    }
    for (auto at = held.rbegin(); at != held.rend(); ++at) post(*at, 0);
}

Interruptores Avisador::get() const
{
    const std::lock_guard lock(_mutex);
    return _interruptores;
}

std::pair<std::int64_t, bool> Avisador::nextAnswer()
{
    const std::lock_guard lock(_mutex);
    const bool isLost = _interruptores.respuestasPerdidas > 0;
    if (isLost) --_interruptores.respuestasPerdidas;
    return {_interruptores.demoraMs, isLost};
}

std::string Avisador::bodyOf(const Notificacion& notificacion)
{
    ParametersWriter writer;
    for (const auto& [name, value] : notificacion.valores)
    {
        if (value.starts_with('{'))
            writer.addJson(name, value);
        else
            writer.add(name, value);
    }
    bool isForged = false;
    bool isUnsigned = false;
    {
        const std::lock_guard lock(_mutex);
        isForged = _interruptores.avisosFalsos > 0;
        if (isForged) --_interruptores.avisosFalsos;
        isUnsigned = !isForged && _interruptores.avisosSinFirma > 0;
        if (isUnsigned) --_interruptores.avisosSinFirma;
    }
    static constexpr const char* kOther = "Mk9m98IfEblmPfrpsawt7BmxObt98Jev";
    const auto version = signatureVersion(notificacion.firma).value();
    const auto other = SigningKey::parse(version, kOther);
    auto fields =
        Envelope::sealed(isForged ? other.value() : _llaves.of(version), notificacion.numero, writer).value().fields();
    if (isUnsigned) fields.pop_back();
    return formOf(fields);
}

void Avisador::hold(const std::string& numero)
{
    const std::lock_guard lock(_mutex);
    ++_waiting[numero].holds;
}

void Avisador::release(const std::string& numero)
{
    Espera over;
    {
        const std::lock_guard lock(_mutex);
        const auto found = _waiting.find(numero);
        if (found == _waiting.end() || --found->second.holds > 0) return;
        over = std::move(found->second);
        _waiting.erase(found);
    }
    for (const auto& [lista, delayMs] : over.listas) dispatch(lista, delayMs);
}

void Avisador::post(const Lista& lista, std::int64_t delayMs)
{
    if (lista.url == kInside)
    {
        const std::lock_guard lock(_mutex);
        if (const auto found = _waiting.find(lista.numero); found != _waiting.end())
        {
            found->second.listas.emplace_back(lista, delayMs);
            return;
        }
    }
    dispatch(lista, delayMs);
}

void Avisador::dispatch(const Lista& lista, std::int64_t delayMs) const
{
    const auto task = [this, lista]
    {
        if (lista.url == kInside)
        {
            if (_inside) _inside(lista.body);
            ++_sent;
            return;
        }
        zoco::ClientRequest request;
        request.method = "POST";
        request.url = lista.url;
        request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
        request.body = lista.body;
        request.timeoutMs = kNoticeTimeoutMs;
        const auto reply = _http.send(request);
        ++_sent;
        if (!reply.ok() || reply->status >= 300)
            _log.info("a notification was not taken", {{"status", reply.ok() ? reply->status : 0}});
    };
    const auto status =
        delayMs > 0 ? _executor.postAfter(std::chrono::milliseconds(delayMs), task) : _executor.post(task);
    if (status != ZOCO_OK) _log.warning("a notification cannot be sent", {{"status", static_cast<int>(status)}});
}

void Avisador::send(const Notificacion& notificacion)
{
    const Lista lista{notificacion.url, bodyOf(notificacion), notificacion.numero};
    const auto now = get();
    std::vector<Lista> ready{lista};
    if (now.avisosAlReves > 0)
    {
        const std::lock_guard lock(_mutex);
        _held.push_back(lista);
        ready.clear();
        if (static_cast<std::int64_t>(_held.size()) >= _interruptores.avisosAlReves)
        {
            ready.assign(_held.rbegin(), _held.rend());
            _held.clear();
            _interruptores.avisosAlReves = 0;
        }
    }
    for (const auto& one : ready)
        for (std::int64_t i = 0; i < now.avisosVeces; ++i) post(one, now.avisosDemoraMs);
}

} // namespace pagos
