#include "Repartidor.h"

#include "Destino.h"
#include "Firma.h"
#include "Reloj.h"

#include <algorithm>

namespace pedidos
{

namespace
{

constexpr std::size_t kAtOnce = 2;             ///< webhooks: each may hold a thread that requests wait for
constexpr std::int64_t kRest = secondsUs(300); ///< longest, of one that failed
constexpr int kPerTurn = 50;                   ///< deliveries to one, before others have their turn
constexpr std::uint32_t kTimeoutMs = 10'000;   ///< for an answer
constexpr std::int64_t kClaim = secondsUs(15); ///< longer than a try takes

/// Why there is no answer, for the log of deliveries.
const char* detailOf(const zoco::Problem& problem)
{
    switch (problem.code)
    {
    case ZOCO_E_INVALID:
        return "destino-no-permitido";
    case ZOCO_E_UNKNOWN_OUTCOME:
        return "sin-respuesta";
    case ZOCO_E_FAILED:
        return "respuesta-no-valida";
    default:
        return "sin-conexion";
    }
}

} // namespace

std::int64_t esperaTras(std::int64_t intentos, std::int64_t first) noexcept
{
    constexpr std::int64_t kLongest = secondsUs(4 * 3600);
    auto out = first;
    for (std::int64_t i = 1; i < intentos && out < kLongest; ++i) out *= 2;
    return std::min(out, kLongest);
}

void Repartidor::wake() const
{
    constexpr int kMost = 100;
    const auto due = _repository.due(nowUs(), kMost);
    if (!due) return _e.log.warning("webhooks cannot be read");
    for (const auto& gancho : *due)
    {
        if (!take(gancho)) continue;
        if (_executor.post([this, gancho] { run(gancho); }) != ZOCO_OK) release(gancho);
    }
}

bool Repartidor::take(const std::string& gancho) const
{
    const std::lock_guard lock(_mutex);
    const auto rest = _resting.find(gancho);
    if (rest != _resting.end() && rest->second.until > nowUs()) return false;
    return _busy.size() < kAtOnce && _busy.insert(gancho).second;
}

void Repartidor::release(const std::string& gancho) const
{
    const std::lock_guard lock(_mutex);
    _busy.erase(gancho);
}

void Repartidor::rest(const std::string& gancho) const
{
    const std::lock_guard lock(_mutex);
    auto& rest = _resting[gancho];
    rest.until = nowUs() + std::min(kRest, esperaTras(++rest.failures, _e.ajustes.ganchosEspera));
}

void Repartidor::awake(const std::string& gancho) const
{
    const std::lock_guard lock(_mutex);
    _resting.erase(gancho);
}

/// Wakes again only after it told or tried something, so that what cannot be told ends.
void Repartidor::run(const std::string& gancho) const
{
    int told = 0;
    auto last = Outcome::Done;
    {
        const Turno turno(*this, gancho);
        for (; told < kPerTurn && (last = deliverNext(gancho)) == Outcome::Done; ++told) awake(gancho);
        if (last == Outcome::Failed) rest(gancho);
    }
    if (told > 0 || last == Outcome::Failed) wake();
}

Repartidor::Outcome Repartidor::deliverNext(const std::string& gancho) const
{
    const auto now = nowUs();
    const auto turn = _repository.next(gancho, now).value();
    if (!turn) return Outcome::Nothing;
    const auto claimed = now + kClaim;
    if (auto mine = _repository.claim(gancho, *turn, claimed); !mine)
    {
        if (mine.problem().code == ZOCO_E_GUARD) return Outcome::Nothing;
        throw zoco::ProblemException(std::move(mine.problem()));
    }
    const auto tried = tryOnce(gancho, *turn);
    const bool isDone = tried.estado >= 200 && tried.estado < 300;
    const auto again = nowUs() + esperaTras(turn->intentos + 1, _e.ajustes.ganchosEspera);
    const bool isOver = isDone || again > turn->hasta;
    if (isOver && !isDone)
        _e.log.warning("a webhook was not told of an event", {{"gancho", gancho}, {"entrega", turn->id}});
    _repository
        .finish(gancho, claimed, tried,
                isDone   ? "entregada"
                : isOver ? "fallida"
                         : "pendiente",
                isOver ? std::nullopt : std::optional(again))
        .value();
    return isDone ? Outcome::Done : Outcome::Failed;
}

/// Only the setting lets any but the public internet be asked, and no more than this machine.
IntentoGancho Repartidor::tryOnce(const std::string& gancho, const TurnoGancho& turn) const
{
    IntentoGancho out;
    out.entrega = turn.id;
    out.momento = nowUs();
    if (!faultOfDestino(turn.url, _e.ajustes.ganchosLocales).empty())
    {
        out.detalle = "destino-no-permitido";
        return out;
    }
    const auto secreto = _repository.opened(gancho, turn.secreto);
    if (!secreto)
    {
        out.detalle = "sin-secreto";
        return out;
    }
    zoco::ClientRequest request;
    request.method = "POST";
    request.url = turn.url;
    request.headers = {{"Content-Type", "application/json"},
                       {"User-Agent", "Zoco"},
                       {"Zoco-Signature", firmaDe(*secreto, out.momento / secondsUs(1), turn.cuerpo)}};
    request.body = turn.cuerpo;
    request.timeoutMs = kTimeoutMs;
    request.reach = isLocal(turn.url) ? zoco::Reach::Any : zoco::Reach::Public;
    const auto reply = _client.send(request);
    constexpr std::int64_t kMillisecond = 1000;
    out.ms = (nowUs() - out.momento) / kMillisecond;
    if (reply)
        out.estado = reply->status;
    else
        out.detalle = detailOf(reply.problem());
    return out;
}

void Repartidor::forgetOld() const
{
    constexpr std::int64_t kKept = secondsUs(30LL * 24 * 3600);
    const auto now = nowUs();
    {
        const std::lock_guard lock(_mutex);
        std::erase_if(_resting, [&](const auto& rest) { return rest.second.until < now; });
    }
    if (!_repository.forget(now - kKept)) _e.log.warning("old deliveries to webhooks cannot be deleted");
}

} // namespace pedidos
