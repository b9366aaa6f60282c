#pragma once

#include "FakeCrypto.h"
#include "FakeService.h"
#include "zoco/detail/Sealing.h"

#include <map>
#include <string>

namespace zoco::testing
{

/// Lets a lent zoco.data/1 take what StoredReplies stores, as gestorbbdd does: a key that is taken fails the group with
/// ZOCO_E_DUPLICATE. What is sealed under the fake's keys is shown opened. To be made before the plugin's start.
class FakeStoredReplies
{
public:
    struct Reply
    {
        std::int64_t status;
        std::string headers; ///< a line each
        std::string body;
    };

    FakeStoredReplies(FakeService& data, const FakeCrypto& crypto)
    {
        data.on("gestorbbdd.respuesta_guardar",
                [this, &crypto](const FakeStep& step)
                {
                    const auto text = [&](const char* name) { return step.args.at(name).text(); };
                    const auto context =
                        detail::answerContext(text("ruta"), text("quien"), text("clave"), text("huella"));
                    const auto joined = Crypto(crypto.raw(), Log(nullptr)).open(text("cuerpo"), context);
                    Reply reply{step.args.at("estado").integer(), {}, {}};
                    if (!joined.ok() || !detail::splitAnswer(*joined, reply.headers, reply.body))
                        return FakeResult::failure(ZOCO_E_INVALID);
                    const bool isNew = _byKey.emplace(text("clave"), reply).second;
                    return isNew ? FakeResult::changed(1) : FakeResult::failure(ZOCO_E_DUPLICATE);
                });
    }
    FakeStoredReplies(const FakeStoredReplies&) = delete;
    FakeStoredReplies& operator=(const FakeStoredReplies&) = delete;

    const std::map<std::string, Reply>& byKey() const noexcept { return _byKey; }

private:
    std::map<std::string, Reply> _byKey;
};

} // namespace zoco::testing
