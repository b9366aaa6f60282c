#include "Cuerpo.h"

#include "Problemas.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pedidos
{

namespace
{

using rapidjson::Value;

constexpr std::size_t kMostFaults = 32;
constexpr int kMaxDepth = 4;

std::string_view view(const Value& value) { return {value.GetString(), value.GetStringLength()}; }

std::string_view trimmed(std::string_view text) noexcept
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool isJson(const zoco::Request& request)
{
    const auto type = request.header("Content-Type");
    return zoco::sameHeaderName(trimmed(type.substr(0, type.find(';'))), "application/json");
}

/// What walks the tree is recursive, so it must not be deep.
bool isTooDeep(std::string_view text) noexcept
{
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < text.size() && depth <= kMaxDepth; ++i)
    {
        if (inText && text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            inText = !inText;
        else if (!inText && (text[i] == '{' || text[i] == '['))
            ++depth;
        else if (!inText && (text[i] == '}' || text[i] == ']'))
            --depth;
    }
    return depth > kMaxDepth;
}

std::size_t codePoints(std::string_view text) noexcept
{
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

/// The code point at `at`, which moves behind it. The text is UTF-8: the JSON reader has seen to it.
char32_t take(std::string_view text, std::size_t& at) noexcept
{
    const auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    char32_t out = lead & (0x3Fu >> more);
    for (int i = 0; i < more && at < text.size(); ++i)
        out = out << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
    return out;
}

/// Controls, marks that turn the direction of writing, and what takes no room: on a label or in a mail such a text
/// would not be what it seems.
bool isHidden(char32_t c) noexcept
{
    constexpr std::pair<char32_t, char32_t> kRanges[] = {
        {0x0000, 0x001F}, {0x007F, 0x009F}, {0x00AD, 0x00AD},   {0x061C, 0x061C}, {0x180B, 0x180F},
        {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F},   {0xE000, 0xF8FF}, {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF}, {0xFFF0, 0xFFFF}, {0xE0000, 0x10FFFF}};
    return std::any_of(std::begin(kRanges), std::end(kRanges),
                       [c](const auto& range) { return c >= range.first && c <= range.second; });
}

bool hasHidden(std::string_view text) noexcept
{
    for (std::size_t at = 0; at < text.size();)
        if (isHidden(take(text, at))) return true;
    return false;
}

/// RFC 6901.
std::string escaped(std::string_view name)
{
    std::string out(1, '/');
    for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
}

} // namespace

zoco::Result<Cuerpo> Cuerpo::of(const zoco::Request& request, std::initializer_list<std::string_view> members)
{
    if (!isJson(request))
        return zoco::Problem{
            415, "tipo-de-contenido", "The content type is not accepted here", "Expected application/json.", {}};
    constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag;
    auto document = std::make_shared<rapidjson::Document>();
    const auto text = request.body();
    if (!isTooDeep(text)) document->Parse<kFlags>(text.data(), text.size());
    if (isTooDeep(text) || document->HasParseError())
        return zoco::Problem{400, "json-invalido", "The body is not valid JSON", "", {}, ZOCO_E_INVALID};
    if (!document->IsObject()) return problema::datosInvalidos({{"", "must be an object"}});
    const auto& root = *document;
    Cuerpo out(std::move(document), root, "", std::make_shared<std::vector<zoco::FieldError>>());
    out.refuse(members);
    return out;
}

Cuerpo::Cuerpo(std::shared_ptr<rapidjson::Document> document, const Value& value, std::string pointer,
               std::shared_ptr<std::vector<zoco::FieldError>> errors)
    : _document(std::move(document)), _value(&value), _pointer(std::move(pointer)), _errors(std::move(errors))
{
}

void Cuerpo::refuse(std::initializer_list<std::string_view> members)
{
    for (auto m = _value->MemberBegin(); m != _value->MemberEnd(); ++m)
    {
        if (_errors->size() >= kMostFaults) return;
        const auto name = view(m->name);
        const bool isTwice = &_value->FindMember(m->name)->name != &m->name;
        if (std::find(members.begin(), members.end(), name) == members.end())
            _errors->push_back({_pointer + (name.size() <= 60 ? escaped(name) : ""), "is not known"});
        else if (isTwice)
            _errors->push_back({_pointer + escaped(name), "is there twice"});
    }
}

const Value* Cuerpo::member(const char* name) const
{
    const auto found = _value->FindMember(name);
    return found == _value->MemberEnd() || found->value.IsNull() ? nullptr : &found->value;
}

bool Cuerpo::has(const char* name) const { return member(name) != nullptr; }

void Cuerpo::fault(const char* name, std::string what)
{
    auto pointer = _pointer + escaped(name);
    const auto isKnown = [&](const zoco::FieldError& e) { return e.pointer == pointer; };
    if (what.empty() || std::any_of(_errors->begin(), _errors->end(), isKnown)) return;
    _errors->push_back({std::move(pointer), std::move(what)});
}

std::optional<Cuerpo> Cuerpo::object(const char* name, std::initializer_list<std::string_view> members)
{
    const auto* value = member(name);
    if (value == nullptr || !value->IsObject())
    {
        fault(name, value == nullptr ? "is missing" : "must be an object");
        return std::nullopt;
    }
    Cuerpo out(_document, *value, _pointer + escaped(name), _errors);
    out.refuse(members);
    return out;
}

std::vector<std::string> Cuerpo::choices(const char* name, std::span<const std::string_view> allowed)
{
    std::vector<std::string> out;
    const auto* value = member(name);
    if (value == nullptr || value->IsNull()) return out;
    bool isGood = value->IsArray() && !value->Empty() && value->Size() <= allowed.size();
    for (rapidjson::SizeType i = 0; isGood && i < value->Size(); ++i)
    {
        const auto& one = (*value)[i];
        const bool isKnown = one.IsString() && std::find(allowed.begin(), allowed.end(), view(one)) != allowed.end();
        isGood = isKnown && std::find(out.begin(), out.end(), view(one)) == out.end();
        if (isGood) out.emplace_back(view(one));
    }
    if (isGood) return out;
    std::string all;
    for (const auto& one : allowed) all += (all.empty() ? "" : ", ") + std::string(one);
    fault(name, "must be an array of some of these, each once: " + all);
    return {};
}

std::vector<Cuerpo> Cuerpo::objects(const char* name, std::initializer_list<std::string_view> members, std::size_t most)
{
    std::vector<Cuerpo> out;
    const auto* value = member(name);
    const bool isGood = value != nullptr && value->IsArray() && value->Size() >= 1 && value->Size() <= most;
    if (!isGood) fault(name, "must be an array of 1 to " + std::to_string(most) + " objects");
    for (rapidjson::SizeType i = 0; isGood && i < value->Size(); ++i)
    {
        const auto& one = (*value)[i];
        auto pointer = _pointer + escaped(name) + '/' + std::to_string(i);
        if (one.IsObject())
            out.push_back(Cuerpo(_document, one, std::move(pointer), _errors)), out.back().refuse(members);
        else
            _errors->push_back({std::move(pointer), "must be an object"});
    }
    return out;
}

std::string Cuerpo::text(const char* name, std::size_t most) { return read(name, most, true); }
std::string Cuerpo::optionalText(const char* name, std::size_t most) { return read(name, most, false); }

std::string Cuerpo::read(const char* name, std::size_t most, bool isNeeded)
{
    const auto* value = member(name);
    if (value != nullptr && !value->IsString())
    {
        fault(name, "must be a text");
        return {};
    }
    const auto out = value == nullptr ? std::string_view() : trimmed(view(*value));
    if (out.empty() && isNeeded) fault(name, "is missing");
    if (codePoints(out) > most) fault(name, "is longer than " + std::to_string(most) + " characters");
    if (hasHidden(out)) fault(name, "has a character that is not allowed");
    return std::string(out);
}

std::int64_t Cuerpo::whole(const char* name, std::int64_t least, std::int64_t most,
                           std::optional<std::int64_t> otherwise)
{
    const auto* value = member(name);
    if (value == nullptr && otherwise) return *otherwise;
    if (value != nullptr && value->IsInt64() && value->GetInt64() >= least && value->GetInt64() <= most)
        return value->GetInt64();
    fault(name, value == nullptr
                    ? "is missing"
                    : "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
}

bool Cuerpo::boolean(const char* name, bool otherwise)
{
    const auto* value = member(name);
    if (value != nullptr && !value->IsBool()) fault(name, "must be true or false");
    return value != nullptr && value->IsBool() ? value->GetBool() : otherwise;
}

zoco::Problem Cuerpo::problem() const { return problema::datosInvalidos(*_errors); }

} // namespace pedidos
