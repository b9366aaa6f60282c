#include "Provider.h"

#include <rapidjson/document.h>
#include <rapidjson/error/en.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace usuarios
{

namespace
{

constexpr std::size_t kMostProviders = 32;

[[noreturn]] void refuse(const std::string& file, const std::string& what)
{
    throw std::invalid_argument(file + ": " + what);
}

std::string contentOf(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in) refuse(file, "cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string secretOf(const std::string& file)
{
    struct stat info
    {
    };
    if (::stat(file.c_str(), &info) != 0) refuse(file, "cannot be read");
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) refuse(file, "must be readable by its owner alone (mode 0600)");
    auto text = contentOf(file);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    if (text.empty()) refuse(file, "is empty");
    return text;
}

bool isId(std::string_view id)
{
    return !id.empty() && id.size() <= 32 && id.front() >= 'a' && id.front() <= 'z' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

bool isIssuer(std::string_view url)
{
    const bool isOfThisMachine = url.starts_with("http://127.0.0.1") || url.starts_with("http://localhost");
    return (url.starts_with("https://") || isOfThisMachine) && url.find_first_of("?# \"'<>") == std::string_view::npos;
}

/// One element of the list.
class Entry
{
public:
    Entry(const std::string& file, const rapidjson::Value& value, std::size_t index)
        : _file(file), _value(value), _place("/" + std::to_string(index))
    {
        static constexpr std::string_view kKnown[] = {"id",      "nombre",          "emisor",
                                                      "cliente", "secreto_fichero", "correo_de_confianza"};
        if (!value.IsObject()) refuse(file, _place + ": must be an object");
        for (const auto& member : value.GetObject())
        {
            const std::string_view name(member.name.GetString(), member.name.GetStringLength());
            if (std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown))
                refuse(file, _place + "/" + std::string(name) + ": unknown member");
        }
    }

    std::string text(const char* name) const
    {
        const auto found = _value.FindMember(name);
        if (found == _value.MemberEnd() || !found->value.IsString() || found->value.GetStringLength() == 0)
            fault(name, "a text is missing");
        return {found->value.GetString(), found->value.GetStringLength()};
    }
    bool flag(const char* name) const
    {
        const auto found = _value.FindMember(name);
        if (found == _value.MemberEnd()) return false;
        if (!found->value.IsBool()) fault(name, "must be true or false");
        return found->value.GetBool();
    }
    [[noreturn]] void fault(const char* name, const std::string& what) const
    {
        refuse(_file, _place + "/" + name + ": " + what);
    }

private:
    const std::string& _file;
    const rapidjson::Value& _value;
    const std::string _place;
};

Provider read(const std::string& file, const rapidjson::Value& value, std::size_t index)
{
    const Entry entry(file, value, index);
    Provider out;
    out.id = entry.text("id");
    if (!isId(out.id)) entry.fault("id", "must be [a-z][a-z0-9-]*, at most 32 characters");
    out.name = entry.text("nombre");
    out.issuer = entry.text("emisor");
    if (!isIssuer(out.issuer)) entry.fault("emisor", "must be an https address");
    out.clientId = entry.text("cliente");
    const std::filesystem::path secret = entry.text("secreto_fichero");
    out.secret = secretOf((std::filesystem::path(file).parent_path() / secret).string());
    out.isMailTrusted = entry.flag("correo_de_confianza");
    return out;
}

} // namespace

std::vector<Provider> readProviders(const std::string& file)
{
    const auto text = contentOf(file);
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    if (document.HasParseError())
    {
        const auto offset = std::min(document.GetErrorOffset(), text.size());
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(offset), '\n');
        refuse(file + ":" + std::to_string(line), rapidjson::GetParseError_En(document.GetParseError()));
    }
    if (!document.IsArray() || document.Size() > kMostProviders) refuse(file, "must be a list of at most 32 providers");
    std::vector<Provider> out;
    for (rapidjson::SizeType i = 0; i < document.Size(); ++i)
    {
        out.push_back(read(file, document[i], i));
        if (findProvider(out, out.back().id) != &out.back())
            refuse(file, "/" + std::to_string(i) + "/id: there are two of that name");
    }
    return out;
}

const Provider* findProvider(const std::vector<Provider>& providers, std::string_view id) noexcept
{
    const auto found = std::find_if(providers.begin(), providers.end(), [&](const Provider& p) { return p.id == id; });
    return found == providers.end() ? nullptr : &*found;
}

} // namespace usuarios
