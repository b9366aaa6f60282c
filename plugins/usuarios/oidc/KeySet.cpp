#include "KeySet.h"

#include "text/Base64Url.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <rapidjson/document.h>

#include <memory>
#include <optional>

namespace usuarios
{

namespace
{

template <auto Free>
struct Freed
{
    template <class T>
    void operator()(T* p) const noexcept
    {
        Free(p);
    }
};
using Number = std::unique_ptr<BIGNUM, Freed<&BN_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<&OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freed<&OSSL_PARAM_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<&EVP_PKEY_CTX_free>>;
using PublicKey = std::unique_ptr<EVP_PKEY, Freed<&EVP_PKEY_free>>;

constexpr int kLeastRsaBits = 2048;

std::string text(const rapidjson::Value& object, const char* name)
{
    const auto found = object.FindMember(name);
    if (found == object.MemberEnd() || !found->value.IsString()) return {};
    return {found->value.GetString(), found->value.GetStringLength()};
}

/// The bytes of a member; empty when it is none.
std::string bytes(const rapidjson::Value& object, const char* name)
{
    return base64UrlDecoded(text(object, name)).value_or("");
}

PublicKey made(const char* type, OSSL_PARAM_BLD* builder)
{
    const Params params(OSSL_PARAM_BLD_to_param(builder));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (params == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return PublicKey(key);
}

Number number(const std::string& bytes)
{
    return Number(
        BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
}

PublicKey rsaKey(const rapidjson::Value& object)
{
    const auto n = number(bytes(object, "n"));
    const auto e = number(bytes(object, "e"));
    const Builder builder(OSSL_PARAM_BLD_new());
    if (n == nullptr || e == nullptr || BN_num_bits(n.get()) < kLeastRsaBits || !BN_is_odd(e.get()) ||
        BN_is_one(e.get()) || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return made("RSA", builder.get());
}

struct Curve
{
    std::string_view name; ///< RFC 7518, 6.2.1.1
    const char* group;
    std::size_t size; ///< bytes of a coordinate
    const char* algorithm;
};
constexpr Curve kCurves[] = {
    {"P-256", "prime256v1", 32, "ES256"}, {"P-384", "secp384r1", 48, "ES384"}, {"P-521", "secp521r1", 66, "ES512"}};

PublicKey ecKey(const rapidjson::Value& object, const Curve& curve)
{
    const auto x = bytes(object, "x");
    const auto y = bytes(object, "y");
    if (x.size() != curve.size || y.size() != curve.size) return nullptr;
    const auto point = '\x04' + x + y; // uncompressed; that it lies on the curve is checked when the key is made
    const Builder builder(OSSL_PARAM_BLD_new());
    if (OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve.group, 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    return made("EC", builder.get());
}

const Curve* curveOf(std::string_view name)
{
    for (const auto& curve : kCurves)
        if (curve.name == name) return &curve;
    return nullptr;
}

} // namespace

zoco::Result<KeySet> KeySet::parse(std::string_view json)
{
    KeySet out;
    rapidjson::Document document;
    document.Parse(json.data(), json.size());
    const bool isSet =
        !document.HasParseError() && document.IsObject() && document.HasMember("keys") && document["keys"].IsArray();
    if (isSet)
    {
        for (const auto& object : document["keys"].GetArray())
        {
            if (!object.IsObject()) continue;
            const auto use = text(object, "use");
            if (!use.empty() && use != "sig") continue;
            const auto type = text(object, "kty");
            const auto* curve = curveOf(text(object, "crv"));
            Key key;
            if (type == "RSA")
                if (const auto made = rsaKey(object))
                    key.rsa = new Poco::Crypto::RSAKey(Poco::Crypto::EVPPKey(made.get()));
            if (type == "EC" && curve != nullptr)
                if (const auto made = ecKey(object, *curve))
                    key.ec = new Poco::Crypto::ECKey(Poco::Crypto::EVPPKey(made.get()));
            if (key.ec) key.algorithm = curve->algorithm;
            if (key.rsa || key.ec) out._keys.emplace(text(object, "kid"), std::move(key));
        }
    }
    if (out._keys.empty())
        return zoco::Problem{502, "bad-upstream", "Unusable answer", "The provider has no usable keys.",
                             {},  ZOCO_E_FAILED};
    return out;
}

bool KeySet::useIn(Poco::JWT::Signer& signer, std::string_view keyId) const
{
    const auto found = keyId.empty() && _keys.size() == 1 ? _keys.begin() : _keys.find(std::string(keyId));
    if (found == _keys.end()) return false;
    const auto& key = found->second;
    if (key.rsa)
        signer.setRSAKey(key.rsa).setAlgorithms({"RS256", "RS384", "RS512"});
    else
        signer.setECKey(key.ec).setAlgorithms({key.algorithm});
    return true;
}

} // namespace usuarios
