#pragma once

#include "KnownRequest.h"
#include "Response.h"
#include "core/keys/FieldCipher.h"
#include "core/keys/RotatedPage.h"
#include "services/HostService.h"

#include <cstdint>
#include <optional>
#include <string>

namespace zoco::host
{

/// An answer as its handler stored it. A value.
struct StoredAnswer
{
    std::string fingerprint; ///< of the request that it answered
    int status = 0;
    std::string headers; ///< "Name: value\n" each
    std::string body;

    /// The same answer once more.
    Response toResponse() &&;
};

/// The answers that handlers stored in the database, by way of gestorbbdd. [any-thread]; calls wait for it.
class StoredAnswers
{
public:
    /// Before the first change of `data`. `keys` outlives it.
    StoredAnswers(const HostService& data, const KeyRing& keys);

    /// Nothing when none is stored; the problem when nobody can tell, or it does not open.
    Result<std::optional<StoredAnswer>> find(const KnownRequest& request, const CallContext& context) const;
    /// Deletes some of those stored before then, in microseconds; how many.
    Result<std::int64_t> removeSome(std::int64_t beforeUs, const CallContext& context) const;
    /// One page of a rotation of keys (zoco/abi/crypto.h). A negative status: it has to come again.
    zoco_status sealAgain(std::string_view cursor, RotatedPage& out) const;
    /// How many `removeSome` deletes at most.
    static constexpr std::int64_t kSome = 500;

private:
    const Service _data;
    const Operation _find;
    const Operation _remove, _page, _seal;
    const FieldCipher _cipher;
};

} // namespace zoco::host
