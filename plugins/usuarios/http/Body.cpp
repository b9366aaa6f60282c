#include "Body.h"

#include "text/Utf8.h"

#include <algorithm>

namespace usuarios
{

namespace
{

constexpr int kMaxDepth = 4;
constexpr std::size_t kMostFaults = 32;

std::string_view view(const rapidjson::Value& value) { return {value.GetString(), value.GetStringLength()}; }

/// RFC 6901, of a member of the whole.
std::string pointerTo(std::string_view name)
{
    std::string out(1, '/');
    for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

bool isJson(const zoco::Request& request)
{
    const auto header = request.header("Content-Type");
    return zoco::sameHeaderName(trimmed(header.substr(0, header.find(';'))), "application/json");
}

/// Whether brackets nest deeper than any of our bodies.
bool isTooDeep(std::string_view text) noexcept
{
    int depth = 0;
    bool inString = false;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        const char c = text[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (!inString && (c == '{' || c == '['))
            ++depth;
        else if (!inString && (c == '}' || c == ']'))
            --depth;
        if (depth > kMaxDepth) return true;
    }
    return false;
}

zoco::Problem invalidJson() { return {400, "json-invalido", "The body is not valid JSON", "", {}, ZOCO_E_INVALID}; }

} // namespace

zoco::Problem invalidData(std::string pointer, std::string what)
{
    return {422, "datos-invalidos", "The data are not valid", "", {{std::move(pointer), std::move(what)}}};
}

zoco::Result<Body> Body::of(const zoco::Request& request, std::initializer_list<std::string_view> members)
{
    if (!isJson(request))
        return zoco::Problem{
            415, "tipo-de-contenido", "The content type is not accepted here", "Expected application/json.", {}};
    Body out;
    const auto text = request.body();
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    if (isTooDeep(text)) return invalidJson();
    out._document->Parse<kFlags>(text.data(), text.size());
    if (out._document->HasParseError()) return invalidJson();
    if (!out._document->IsObject()) return invalidData("", "must be an object");
    out.refuse(members);
    return out;
}

void Body::refuse(std::initializer_list<std::string_view> members)
{
    std::vector<std::string_view> seen;
    for (const auto& m : _document->GetObject())
    {
        const auto name = view(m.name);
        if (_errors.size() >= kMostFaults) return;
        if (std::find(members.begin(), members.end(), name) == members.end())
        {
            const auto shown = name.size() <= 60 && countCodePoints(name) ? pointerTo(name) : std::string();
            _errors.push_back({shown, "is not known"});
        }
        else if (std::find(seen.begin(), seen.end(), name) != seen.end())
            _errors.push_back({pointerTo(name), "is there twice"});
        seen.push_back(name);
    }
}

const rapidjson::Value* Body::member(const char* name) const
{
    const auto found = _document->FindMember(name);
    return found == _document->MemberEnd() ? nullptr : &found->value;
}

bool Body::has(const char* name) const { return member(name) != nullptr; }

bool Body::isNull(const char* name) const
{
    const auto* value = member(name);
    return value != nullptr && value->IsNull();
}

void Body::fault(const char* name, std::string what)
{
    auto pointer = pointerTo(name);
    const auto isKnown = [&](const zoco::FieldError& e) { return e.pointer == pointer; };
    if (what.empty() || std::any_of(_errors.begin(), _errors.end(), isKnown)) return;
    _errors.push_back({std::move(pointer), std::move(what)});
}

std::string Body::text(const char* name, std::size_t mostBytes, const Check& check)
{
    const auto* value = member(name);
    std::string out;
    if (value == nullptr || value->IsNull())
        fault(name, "is missing");
    else if (!value->IsString())
        fault(name, "must be a text");
    else if (value->GetStringLength() > mostBytes)
        fault(name, "is too long");
    else
    {
        out = view(*value);
        if (out.empty())
            fault(name, "is missing");
        else if (check)
            fault(name, check(out));
    }
    return out;
}

std::optional<std::string> Body::optionalText(const char* name, std::size_t mostBytes, const Check& check)
{
    const auto* value = member(name);
    if (value == nullptr || value->IsNull()) return std::nullopt;
    if (value->IsString() && trimmed(view(*value)).empty() && value->GetStringLength() <= mostBytes)
        return std::nullopt;
    return text(name, mostBytes, check);
}

bool Body::boolean(const char* name)
{
    const auto* value = member(name);
    if (value == nullptr || value->IsNull())
        fault(name, "is missing");
    else if (!value->IsBool())
        fault(name, "must be true or false");
    else
        return value->GetBool();
    return false;
}

zoco::Problem Body::problem() const { return {422, "datos-invalidos", "The data are not valid", "", _errors}; }

} // namespace usuarios
