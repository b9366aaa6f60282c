#include "MerchantParameters.h"

#include "text/Base64.h"
#include "zoco/Http.h"
#include "zoco/Json.h"

#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <charconv>

namespace pagos
{

namespace
{

constexpr std::size_t kMostBytes = 64 * 1024;

zoco::Problem bad(const char* what)
{
    return {400, "parametros-no-validos", "These are no parameters of a merchant", what, {}, ZOCO_E_INVALID};
}

/// "DS_MERCHANT_ORDER" and "Ds_Order": "order". "Ds_MerchantCode" and "DS_MERCHANT_MERCHANTCODE": "merchantcode".
std::string plainName(std::string_view name)
{
    std::string out;
    for (const auto c : name) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 32) : c;
    for (const std::string_view prefix : {"ds_", "merchant_"})
        if (out.starts_with(prefix)) out.erase(0, prefix.size());
    return out;
}

std::string textOf(const rapidjson::Value& value)
{
    if (value.IsString()) return {value.GetString(), value.GetStringLength()};
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    value.Accept(writer);
    return {buffer.GetString(), buffer.GetSize()};
}

} // namespace

void MerchantParameters::put(std::string_view name, std::string value)
{
    auto plain = plainName(name);
    if (plain == "date" || plain == "hour") value = zoco::percentDecode(value);
    const auto [at, isNew] = _values.emplace(std::move(plain), value);
    if (!isNew && at->second != value) _isAmbiguous = true;
}

zoco::Result<MerchantParameters> MerchantParameters::read(std::string_view encoded)
{
    if (encoded.size() > kMostBytes) return bad("They are too large.");
    const auto json = base64Decoded(encoded);
    if (!json) return bad("They are not base64.");
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(json->data(), json->size());
    if (document.HasParseError() || !document.IsObject()) return bad("They are no JSON object.");
    MerchantParameters out;
    for (const auto& member : document.GetObject())
        out.put({member.name.GetString(), member.name.GetStringLength()}, textOf(member.value));
    if (out._isAmbiguous) return bad("One name has two values.");
    return out;
}

MerchantParameters MerchantParameters::of(const std::vector<std::pair<std::string, std::string>>& values)
{
    MerchantParameters out;
    for (const auto& [name, value] : values) out.put(name, value);
    return out;
}

std::string_view MerchantParameters::operator[](std::string_view name) const noexcept
{
    const auto found = _values.find(name);
    return found == _values.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::int64_t> MerchantParameters::number(std::string_view name) const noexcept
{
    const auto text = (*this)[name];
    std::int64_t out = 0;
    const auto* end = text.data() + text.size();
    if (text.empty() || text.front() == '-') return std::nullopt;
    const auto [at, error] = std::from_chars(text.data(), end, out);
    if (error != std::errc() || at != end) return std::nullopt;
    return out;
}

std::string textMember(std::string_view json, const char* name)
{
    rapidjson::Document document;
    document.Parse<rapidjson::kParseIterativeFlag>(json.data(), json.size());
    if (document.HasParseError() || !document.IsObject()) return {};
    const auto found = document.FindMember(name);
    if (found == document.MemberEnd() || !found->value.IsString()) return {};
    return {found->value.GetString(), found->value.GetStringLength()};
}

ParametersWriter& ParametersWriter::add(std::string_view name, std::string_view value)
{
    std::string quoted;
    zoco::JsonWriter(quoted).value(value);
    return addJson(name, quoted);
}

ParametersWriter& ParametersWriter::addJson(std::string_view name, std::string_view json)
{
    if (!_members.empty()) _members += ',';
    zoco::JsonWriter(_members).value(name);
    _members.append(":").append(json);
    return *this;
}

std::string ParametersWriter::encoded(SignatureVersion version) const
{
    const auto alphabet = version == SignatureVersion::HmacSha512V2 ? Alphabet::Base64UrlBare : Alphabet::Base64;
    return base64('{' + _members + '}', alphabet);
}

} // namespace pagos
