#include "PluginLibrary.h"

#include "ElfInfo.h"
#include "core/config/PluginId.h"

#include <dlfcn.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <filesystem>

namespace zoco::host
{

namespace
{

Problem refused(const std::string& path, const std::string& why)
{
    return {500, "internal", "Plugin refused", path + ": " + why, {}, ZOCO_E_INVALID};
}

std::vector<std::string> list(const char* const* ids)
{
    std::vector<std::string> out;
    for (; ids != nullptr && *ids != nullptr; ++ids) out.emplace_back(*ids);
    return out;
}

} // namespace

Result<PluginLibrary> readEntry(const zoco_plugin_entry* raw, const std::string& path)
{
    if (raw->magic != ZOCO_ABI_MAGIC) return refused(path, "zoco_entry does not start with ZOCO's magic number");
    if (raw->abi_major != ZOCO_ABI_MAJOR)
        return refused(path, "it was built for ABI " + std::to_string(raw->abi_major) + "." +
                                 std::to_string(raw->abi_minor) + ", this host speaks " +
                                 std::to_string(ZOCO_ABI_MAJOR) + "." + std::to_string(ZOCO_ABI_MINOR));
    constexpr auto kNeeded = offsetof(zoco_plugin_entry, create) + sizeof(raw->create);
    if (raw->struct_size < kNeeded)
        return refused(path, "its zoco_entry is cut off: struct_size is " + std::to_string(raw->struct_size));
    zoco_plugin_entry e{};
    std::memcpy(&e, raw, std::min<std::size_t>(raw->struct_size, sizeof e));
    if (e.id == nullptr || !isPluginId(e.id))
        return refused(path, "its id must be a lower-case letter, then letters, digits or '-', at most 40");
    if (e.version == nullptr || *e.version == 0) return refused(path, "it has no version");
    if (e.create == nullptr) return refused(path, "it has no create function");
    if (e.concurrency != ZOCO_REENTRANT && e.concurrency != ZOCO_SERIAL)
        return refused(path, "its concurrency is neither reentrant nor serial");

    PluginLibrary out;
    out.path = path;
    out.identity = {e.id,          e.version,    1,          e.concurrency == ZOCO_SERIAL, list(e.provides),
                    list(e.needs), list(e.uses), e.resources};
    out.create = e.create;
    for (const auto* r = e.resources; r != nullptr && r->kind != nullptr; ++r)
        if (std::string_view(r->kind) == "config-schema") out.configSchema = view(r->data);
    return out;
}

Result<std::string> PluginLibrary::copy(const std::string& path, const std::string& codeFolder)
{
    static std::atomic<unsigned> number{0};
    namespace fs = std::filesystem;
    const auto own = fs::path(codeFolder) / (fs::path(path).stem().string() + "-" + std::to_string(getpid()) + "-" +
                                             std::to_string(++number) + ".so");
    std::error_code error;
    fs::create_directories(codeFolder, error);
    if (!error) fs::copy_file(path, own, fs::copy_options::overwrite_existing, error);
    if (error) return refused(path, "it cannot be copied to " + codeFolder + ": " + error.message());
    return own.string();
}

Result<PluginLibrary> PluginLibrary::open(const std::string& path, const std::string& codeFolder)
{
    if (codeFolder.empty()) return openCopy(path, path);
    ZOCO_TRY(const auto elf, ElfInfo::read(path)); // what is no library is not copied, and is named by its path
    if (const auto why = foreignPoco(elf); !why.empty()) return refused(path, why);
    ZOCO_TRY(const auto own, copy(path, codeFolder));
    return openCopy(path, own);
}

Result<PluginLibrary> PluginLibrary::openCopy(const std::string& path, const std::string& own)
{
    ZOCO_TRY(const auto elf, ElfInfo::read(own));
    if (const auto why = foreignPoco(elf); !why.empty()) return refused(path, why);
    void* handle = dlopen(own.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == nullptr)
    {
        std::string why = dlerror();
        if (why.starts_with(own)) why.erase(0, std::min(why.size(), own.size() + 2));
        return refused(path, "it cannot be loaded: " + why);
    }
    const auto* entry = static_cast<const zoco_plugin_entry*>(dlsym(handle, "zoco_entry"));
    if (entry == nullptr) return refused(path, "it exports no zoco_entry: not a Zoco plugin");
    ZOCO_TRY(auto out, readEntry(entry, path));
    out.needed = elf.needed;
    out.opened = own;
    return out;
}

} // namespace zoco::host
