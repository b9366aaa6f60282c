#include "Cuerpo.h"

#include <algorithm>

namespace pagos
{

namespace
{

std::string_view view(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

/// RFC 6901, of a member of the whole; of a strange name only that it is one.
std::string pointerTo(std::string_view name)
{
    if (name.size() > 60) return {};
    std::string out(1, '/');
    for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

zoco::Problem invalidJson() { return {400, "json-invalido", "The body is not valid JSON", "", {}, ZOCO_E_INVALID}; }

} // namespace

zoco::Result<Cuerpo> Cuerpo::of(const zoco::Request& request)
{
    const auto header = request.header("Content-Type");
    const auto text = request.body().empty() ? std::string_view("{}") : request.body();
    if (!request.body().empty() && !zoco::sameHeaderName(header.substr(0, header.find(';')), "application/json"))
        return zoco::Problem{
            415, "tipo-de-contenido", "The content type is not accepted here", "Expected application/json.", {}};
    Cuerpo out;
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    out._document->Parse<kFlags>(text.data(), text.size());
    if (out._document->HasParseError() || !out._document->IsObject()) return invalidJson();
    return out;
}

const rapidjson::Value* Cuerpo::member(const char* name)
{
    _asked.emplace_back(name);
    const auto found = _document->FindMember(name);
    return found == _document->MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

void Cuerpo::fault(const char* name, std::string what) { _errors.push_back({pointerTo(name), std::move(what)}); }

std::string Cuerpo::optionalText(const char* name, std::size_t most)
{
    const auto* value = member(name);
    if (value == nullptr) return {};
    if (!value->IsString())
        fault(name, "must be a text");
    else if (value->GetStringLength() > most)
        fault(name, "is too long");
    else
        return std::string(view(*value));
    return {};
}

std::string Cuerpo::text(const char* name, std::size_t most)
{
    const auto faults = _errors.size();
    auto out = optionalText(name, most);
    if (out.empty() && _errors.size() == faults) fault(name, "is missing");
    return out;
}

std::optional<std::int64_t> Cuerpo::optionalAmount(const char* name)
{
    const auto* value = member(name);
    if (value == nullptr) return std::nullopt;
    if (value->IsInt64() && value->GetInt64() > 0) return value->GetInt64();
    fault(name, "must be a whole number of cents, more than 0");
    return std::nullopt;
}

std::optional<zoco::Problem> Cuerpo::problem()
{
    std::vector<std::string_view> seen;
    for (const auto& m : _document->GetObject())
    {
        const auto name = view(m.name);
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            _errors.push_back({pointerTo(name), "is there twice"});
        else if (std::find(_asked.begin(), _asked.end(), name) == _asked.end())
            _errors.push_back({pointerTo(name), "is not known"});
        seen.push_back(name);
        if (_errors.size() >= 32) break;
    }
    if (_errors.empty()) return std::nullopt;
    return zoco::Problem{422, "datos-invalidos", "The data are not valid", "", _errors};
}

} // namespace pagos
