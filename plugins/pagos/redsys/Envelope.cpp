#include "Envelope.h"

#include "http/Form.h"
#include "zoco/Json.h"

#include <rapidjson/document.h>

namespace pagos
{

namespace
{

constexpr const char* kVersion = "Ds_SignatureVersion";
constexpr const char* kParameters = "Ds_MerchantParameters";
constexpr const char* kSignature = "Ds_Signature";

zoco::Problem unsignedMessage()
{
    return {401, "firma-no-valida", "The signature is not right", "", {}, ZOCO_E_INVALID};
}

} // namespace

std::optional<Envelope> Envelope::sealed(const SigningKey& key, std::string_view order, const ParametersWriter& writer)
{
    auto parameters = writer.encoded(key.version());
    auto signature = key.sign(order, parameters);
    if (!signature) return std::nullopt;
    return Envelope{std::string(nameOf(key.version())), std::move(parameters), std::move(*signature)};
}

std::optional<Envelope> Envelope::fromJson(std::string_view json)
{
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return std::nullopt;
    Envelope out;
    for (const auto& [name, to] :
         {std::pair{kVersion, &out.version}, {kParameters, &out.parameters}, {kSignature, &out.signature}})
    {
        const auto found = document.FindMember(name);
        if (found == document.MemberEnd() || !found->value.IsString()) return std::nullopt;
        to->assign(found->value.GetString(), found->value.GetStringLength());
    }
    return out;
}

std::optional<Envelope> Envelope::fromForm(std::string_view form)
{
    Envelope out{formField(form, kVersion), formField(form, kParameters), formField(form, kSignature)};
    if (out.version.empty() || out.parameters.empty() || out.signature.empty()) return std::nullopt;
    return out;
}

std::string Envelope::toJson() const
{
    std::string out;
    zoco::JsonWriter writer(out);
    writer.beginObject();
    for (const auto& [name, value] : fields()) writer.member(name, value);
    writer.endObject();
    return out;
}

std::vector<std::pair<std::string, std::string>> Envelope::fields() const
{
    return {{kVersion, version}, {kParameters, parameters}, {kSignature, signature}};
}

zoco::Result<MerchantParameters> Envelope::open(const SigningKey& key) const
{
    if (version != nameOf(key.version())) return unsignedMessage();
    auto read = MerchantParameters::read(parameters);
    if (!read.ok()) return read;
    if (!key.verifies((*read)["order"], parameters, signature)) return unsignedMessage();
    return read;
}

} // namespace pagos
