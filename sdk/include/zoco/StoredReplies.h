#pragma once

#include "Crypto.h"
#include "Services.h"
#include "detail/Sealing.h"

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace zoco
{

/// Stores the answers to requests that have an Idempotency-Key, each in the atomic group of the change that it tells
/// of: there is never a change without its answer, nor an answer without its change. The host looks for it before the
/// handler of a route with `idempotency`, and sends it again. Answers lie sealed. [any-thread], made in start.
class StoredReplies
{
public:
    StoredReplies() = default;
    /// `data` is zoco.data/1. `crypto` outlives it.
    StoredReplies(const Service& data, const Crypto& crypto)
        : _crypto(&crypto),
          _save(data.operation("gestorbbdd.respuesta_guardar",
                               {"ruta", "quien", "clave", "huella", "estado", "cabeceras", "cuerpo", "momento"}))
    {
    }

    /// Adds the step that stores `reply` when the request has a key, else nothing. Body, status and the headers that
    /// `isKept` are stored. The request and the reply live until the group has run. A problem is not for storing, since
    /// then nothing has changed: std::logic_error.
    void add(Group& group, const Request& request, const Reply& reply) const
    {
        const auto* known = request.idempotency();
        if (known == nullptr) return;
        if (reply.problem()) throw std::logic_error("a problem is not stored");
        std::string lines;
        for (const auto& [name, value] : reply.headers())
            if (isKept(name) && value.find_first_of("\r\n") == std::string::npos) lines += name + ": " + value + '\n';
        const auto context =
            detail::answerContext(view(known->route), view(known->subject), view(known->key), view(known->fingerprint));
        const auto sealed = group.keep(_crypto->seal(detail::joinAnswer(lines, reply.body()), context));
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        group.add(_save,
                  {view(known->route), view(known->subject), view(known->key), Value::blob(view(known->fingerprint)),
                   reply.status(), detail::kSealedAnswer, Value::blob(sealed),
                   Value::time(std::chrono::duration_cast<std::chrono::microseconds>(now).count())});
    }

    /// Whether a header is stored with its answer. Cookies are not: they are for one time.
    static bool isKept(std::string_view name) noexcept
    {
        for (const std::string_view known :
             {"Content-Type", "Location", "ETag", "Last-Modified", "Content-Language", "Content-Disposition",
              "Content-Location", "Cache-Control", "Link", "Vary"})
            if (sameHeaderName(known, name)) return true;
        return false;
    }

private:
    const Crypto* _crypto = nullptr;
    Operation _save;
};

} // namespace zoco
