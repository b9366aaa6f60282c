#include "Manifest.h"

#include "core/Sha256.h"
#include "core/UniqueFd.h"
#include "zoco/Json.h"

#include <fcntl.h>
#include <rapidjson/document.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* kName = "manifest.json";
constexpr const char* kDigestName = "manifest.json.sha256";
constexpr int kFormat = 1;

bool isManifest(const std::string& path) { return path == kName || path == kDigestName; }

std::vector<std::string> filesOf(const std::string& folder)
{
    std::vector<std::string> others;
    auto out = filesBelow(folder, isManifest, others);
    if (!others.empty()) throw std::system_error(ENOTSUP, std::generic_category(), folder + "/" + others.front());
    return out;
}

std::string textOf(const Manifest& manifest)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().member("format", kFormat).member("zoco", manifest.version).member("time", manifest.time);
    json.key("parts").beginArray();
    for (const auto& part : manifest.parts)
        json.beginObject()
            .member("name", part.name)
            .member("plugin", part.plugin)
            .member("content", part.told)
            .endObject();
    json.endArray().key("files").beginArray();
    for (const auto& file : manifest.files)
        json.beginObject()
            .member("path", file.path)
            .member("bytes", file.bytes)
            .member("sha256", file.sha256)
            .endObject();
    json.endArray().endObject();
    return out += '\n';
}

std::optional<Manifest> parse(const std::string& text)
{
    rapidjson::Document document;
    document.Parse(text.data(), text.size());
    if (document.HasParseError() || !document.IsObject()) return std::nullopt;
    const auto textIn = [](const auto& object, const char* name)
    {
        const auto member = object.FindMember(name);
        return member != object.MemberEnd() && member->value.IsString() ? std::string(member->value.GetString())
                                                                        : std::string();
    };
    const auto lists = {"parts", "files"};
    const auto isList = [&](const char* name) { return document.HasMember(name) && document[name].IsArray(); };
    if (!std::all_of(lists.begin(), lists.end(), isList)) return std::nullopt;
    Manifest out;
    out.version = textIn(document, "zoco");
    out.time = textIn(document, "time");
    for (const auto& p : document["parts"].GetArray())
        if (p.IsObject()) out.parts.push_back({textIn(p, "name"), textIn(p, "plugin"), textIn(p, "content")});
    for (const auto& f : document["files"].GetArray())
    {
        if (!f.IsObject() || !f.HasMember("bytes") || !f["bytes"].IsUint64()) return std::nullopt;
        out.files.push_back({textIn(f, "path"), f["bytes"].GetUint64(), textIn(f, "sha256")});
    }
    return out;
}

void compare(const std::string& folder, const Manifest& manifest, std::vector<std::string>& faults)
{
    const auto present = filesOf(folder);
    for (const auto& path : present)
        if (std::none_of(manifest.files.begin(), manifest.files.end(), [&](const auto& f) { return f.path == path; }))
            faults.push_back(folder + "/" + path + ": it is not in the manifest");
    FileWork work("verified", bytesOf(folder, present));
    for (const auto& file : manifest.files)
    {
        const auto path = folder + "/" + file.path;
        if (!std::binary_search(present.begin(), present.end(), file.path))
            faults.push_back(path + ": it is missing");
        else if (const auto bytes = fs::file_size(path); bytes != file.bytes)
            faults.push_back(path + ": it has " + std::to_string(bytes) + " bytes instead of " +
                             std::to_string(file.bytes));
        else if (work.digest(path) != file.sha256)
            faults.push_back(path + ": it is damaged");
    }
}

} // namespace

void Manifest::write(const std::string& folder)
{
    const auto paths = filesOf(folder);
    FileWork work("written", bytesOf(folder, paths));
    files.clear();
    for (const auto& name : paths)
    {
        const auto path = folder + "/" + name;
        const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!fd || ::fsync(fd.get()) != 0) throw std::system_error(errno, std::generic_category(), path);
        files.push_back({name, fs::file_size(path), work.digest(path)});
    }
    const auto text = textOf(*this);
    id = Sha256::of(text);
    writeDurably(folder + "/" + kName, text);
    writeDurably(folder + "/" + kDigestName, id + "  " + kName + "\n");
    syncFolders(folder);
}

std::optional<Manifest> Manifest::verify(const std::string& folder, std::vector<std::string>& faults)
{
    const auto path = folder + "/" + kName;
    std::error_code none;
    for (const auto* name : {kName, kDigestName})
        if (!fs::is_regular_file(folder + "/" + name, none)) faults.push_back(folder + "/" + name + ": it is missing");
    if (!faults.empty()) return std::nullopt;
    const auto text = readWhole(path);
    const auto digest = Sha256::of(text);
    auto out = parse(text);
    if (readWhole(folder + "/" + kDigestName) != digest + "  " + kName + "\n" || !out)
    {
        faults.push_back(path + ": it is damaged, or " + kDigestName + " is");
        return std::nullopt;
    }
    out->id = digest;
    compare(folder, *out, faults);
    if (!faults.empty()) return std::nullopt;
    return out;
}

} // namespace zoco::host
