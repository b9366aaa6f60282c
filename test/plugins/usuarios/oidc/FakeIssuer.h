#pragma once

#include "zoco/HttpClient.h"

#include <Poco/JWT/Signer.h>

#include <cstdint>
#include <string>

namespace usuarios::test
{

/// An issuer of tokens without a network: its keys, its documents, and tokens of any content.
class FakeIssuer
{
public:
    static constexpr const char* kUrl = "https://id.example";

    /// `url`: how it calls itself.
    explicit FakeIssuer(std::string url = kUrl);

    /// Another key under another id; tokens made from now on are signed by it.
    void rotate();
    std::string keyId() const { return "k" + std::to_string(_generation); }

    std::string discovery() const;
    std::string keys() const;

    /// Claims of a good token of kUrl for the client "zoco", the nonce "n" and the time `nowUs`.
    static Poco::JSON::Object claims(std::int64_t nowUs);
    std::string token(const Poco::JSON::Object& claims, const std::string& algorithm = "RS256",
                      const std::string& keyId = "") const;

private:
    std::string _url;
    Poco::SharedPtr<Poco::Crypto::RSAKey> _rsa;
    Poco::SharedPtr<Poco::Crypto::ECKey> _ec;
    int _generation = 0;
};

} // namespace usuarios::test
