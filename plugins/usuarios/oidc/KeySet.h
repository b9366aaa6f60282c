#pragma once

#include "zoco/Result.h"

#include <Poco/JWT/Signer.h>

#include <map>
#include <string>
#include <string_view>

namespace usuarios
{

/// The public keys of a provider (JSON Web Key Set, RFC 7517): RSA keys of 2048 bits and more, and keys on P-256, P-384
/// and P-521, for signing. Others are passed over. A value.
class KeySet
{
public:
    /// A set without any usable key is a problem.
    static zoco::Result<KeySet> parse(std::string_view json);

    bool contains(std::string_view keyId) const { return _keys.contains(std::string(keyId)); }

    /// Lets `signer` verify by the key of this id (empty: the only one), with the algorithms that fit the key and no
    /// other. False: there is no such key.
    bool useIn(Poco::JWT::Signer& signer, std::string_view keyId) const;

private:
    struct Key
    {
        Poco::SharedPtr<Poco::Crypto::RSAKey> rsa;
        Poco::SharedPtr<Poco::Crypto::ECKey> ec;
        std::string algorithm; ///< of an EC key
    };

    std::map<std::string, Key> _keys; ///< by kid
};

} // namespace usuarios
