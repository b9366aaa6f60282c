#include "Avisos.h"

#include "Reloj.h"
#include "text/Base64.h"

#include <algorithm>

namespace pagos
{

namespace
{

constexpr std::int64_t kMinuteUs = 60'000'000;
constexpr std::int64_t kKeepUs = 90 * 24 * 60 * kMinuteUs;
constexpr std::size_t kMostNumber = 12;

/// What a stranger may have written: letters and digits alone.
std::string plain(std::string text)
{
    const auto isOther = [](char c)
    { return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')); };
    text.erase(std::remove_if(text.begin(), text.end(), isOther), text.end());
    return text.substr(0, kMostNumber);
}

} // namespace

bool Avisos::mayKeep(const AvisoRecibido& aviso) const
{
    if (aviso.resultado == "aceptada") return true;
    const bool isRefused = aviso.resultado == "rechazada";
    const std::lock_guard lock(_mutex);
    if (aviso.momento / kMinuteUs != _minute) _kept.clear();
    _minute = aviso.momento / kMinuteUs;
    return ++_kept[isRefused ? std::string() : aviso.pago] <= (isRefused ? kMostRefused : kMostRepeated);
}

void Avisos::keep(AvisoRecibido aviso) const
{
    aviso.momento = nowUs();
    if (!mayKeep(aviso)) return;
    aviso.id = base64(_crypto.random(16), Alphabet::Base64UrlBare);
    aviso.numero = plain(std::move(aviso.numero));
    if (!_avisos.add(aviso).ok()) _log.warning("a notification is not kept", {{"conector", aviso.conector}});
}

void Avisos::clean() const
{
    if (!_avisos.removeBefore(nowUs() - kKeepUs).ok()) _log.warning("old notifications stay");
}

} // namespace pagos
