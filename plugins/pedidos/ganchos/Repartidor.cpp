#include "Repartidor.h"

#include "Destino.h"
#include "Firma.h"
#include "Reloj.h"

#include <algorithm>

namespace pedidos
{

namespace
{

constexpr std::size_t kAtOnce = 4;             ///< webhooks
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
        const auto turn = [this, gancho]
        {
            try
            {
                run(gancho);
            }
            catch (...)
            {
                release(gancho);
                throw; // to be logged
            }
        };
        if (_executor.post(turn) != ZOCO_OK) release(gancho);
    }
}

bool Repartidor::take(const std::string& gancho) const
{
    const std::lock_guard lock(_mutex);
    return _busy.size() < kAtOnce && _busy.insert(gancho).second;
}

void Repartidor::release(const std::string& gancho) const
{
    const std::lock_guard lock(_mutex);
    _busy.erase(gancho);
}

/// Who does not answer waits for the next round, so that it keeps nobody else waiting.
void Repartidor::run(const std::string& gancho) const
{
    auto last = Outcome::Done;
    for (int i = 0; i < kPerTurn && last == Outcome::Done; ++i) last = deliverNext(gancho);
    release(gancho);
    if (last != Outcome::Failed) wake();
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
    zoco::ClientRequest request;
    request.method = "POST";
    request.url = turn.url;
    request.headers = {
        {"Content-Type", "application/json"},
        {"User-Agent", "Zoco"},
        {"Zoco-Signature", firmaDe(_repository.opened(gancho, turn.secreto), out.momento / secondsUs(1), turn.cuerpo)}};
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
    if (!_repository.forget(nowUs() - kKept)) _e.log.warning("old deliveries to webhooks cannot be deleted");
}

} // namespace pedidos
