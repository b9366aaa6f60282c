#include "FakeIssuer.h"

#include "text/Base64Url.h"

#include <Poco/JWT/Token.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <sstream>
#include <stdexcept>
#include <vector>

namespace usuarios::test
{

namespace
{

std::string encoded(const std::vector<unsigned char>& bytes)
{
    return base64Url({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

/// A coordinate of a key's point, 32 bytes.
std::string coordinate(const Poco::Crypto::ECKey& key, const char* name)
{
    std::ostringstream pem;
    key.save(&pem);
    const auto text = pem.str();
    BIO* bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    EVP_PKEY* raw = PEM_read_bio_PUBKEY(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    BIGNUM* number = nullptr;
    if (raw == nullptr || EVP_PKEY_get_bn_param(raw, name, &number) != 1) throw std::runtime_error("no coordinate");
    std::string out(32, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(out.data()), 32);
    BN_free(number);
    EVP_PKEY_free(raw);
    return out;
}

} // namespace

FakeIssuer::FakeIssuer(std::string url) : _url(std::move(url)), _ec(new Poco::Crypto::ECKey("prime256v1")) { rotate(); }

void FakeIssuer::rotate()
{
    _rsa = new Poco::Crypto::RSAKey(Poco::Crypto::RSAKey::KL_2048, Poco::Crypto::RSAKey::EXP_LARGE);
    ++_generation;
}

std::string FakeIssuer::discovery() const
{
    return R"({"issuer":")" + _url + R"(","authorization_endpoint":")" + _url + R"(/auth","token_endpoint":")" + _url +
           R"(/token","jwks_uri":")" + _url + R"(/jwks"})";
}

std::string FakeIssuer::keys() const
{
    return R"({"keys":[{"kty":"RSA","use":"sig","kid":")" + keyId() + R"(","n":")" + encoded(_rsa->modulus()) +
           R"(","e":")" + encoded(_rsa->encryptionExponent()) + R"("},{"kty":"EC","crv":"P-256","kid":"ec","x":")" +
           base64Url(coordinate(*_ec, OSSL_PKEY_PARAM_EC_PUB_X)) + R"(","y":")" +
           base64Url(coordinate(*_ec, OSSL_PKEY_PARAM_EC_PUB_Y)) + R"("}]})";
}

Poco::JSON::Object FakeIssuer::claims(std::int64_t nowUs)
{
    Poco::JSON::Object out;
    out.set("iss", std::string(kUrl));
    out.set("aud", std::string("zoco"));
    out.set("sub", std::string("persona-1"));
    out.set("nonce", std::string("n"));
    out.set("iat", nowUs / 1'000'000);
    out.set("exp", nowUs / 1'000'000 + 300);
    out.set("auth_time", nowUs / 1'000'000 - 5);
    out.set("email", std::string("ana@example.com"));
    out.set("email_verified", true);
    return out;
}

std::string FakeIssuer::token(const Poco::JSON::Object& claims, const std::string& algorithm,
                              const std::string& keyId) const
{
    Poco::JWT::Token token;
    token.payload() = claims;
    const bool isEc = algorithm.starts_with("ES");
    token.header().set("kid", keyId.empty() ? (isEc ? "ec" : this->keyId()) : keyId);
    Poco::JWT::Signer signer;
    signer.addAllAlgorithms();
    signer.setHMACKey("zoco");
    signer.setRSAKey(_rsa);
    signer.setECKey(_ec);
    return signer.sign(token, algorithm);
}

} // namespace usuarios::test
