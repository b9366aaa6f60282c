#pragma once

#include "zoco/abi/http.h"

#include <memory>
#include <string>

struct evp_mac_st;

namespace zoco::host
{

/// Fingerprints of requests: HMAC-SHA-256 of method, path, query, content type and body, so that who reads one learns
/// nothing of the request without the key. [any-thread]
class Fingerprint
{
public:
    /// Takes the key from a file that its owner alone may read; at least 32 bytes. With `mayMake` one that is not there
    /// is made, of random bytes. Throws std::runtime_error.
    Fingerprint(const std::string& keyFile, bool mayMake);

    /// 32 bytes.
    std::string of(const zoco_request& request) const;

private:
    struct Free
    {
        void operator()(evp_mac_st* mac) const noexcept;
    };

    const std::string _key;
    const std::unique_ptr<evp_mac_st, Free> _mac;
};

} // namespace zoco::host
