#include "ElfInfo.h"

#include <elf.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <span>
#include <string_view>

namespace zoco::host
{

namespace
{

Problem notALibrary(const std::string& path, std::string_view why)
{
    return {500, "internal", "Not a plugin library", path + ": " + std::string(why), {}, ZOCO_E_INVALID};
}

/// A file mapped for reading; every access is checked against its size, since the file may be anything.
class Image
{
public:
    explicit Image(const std::string& path)
    {
        const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) return;
        struct stat s
        {
        };
        if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0)
        {
            _size = static_cast<std::size_t>(s.st_size);
            _data = mmap(nullptr, _size, PROT_READ, MAP_PRIVATE, fd, 0);
            if (_data == MAP_FAILED) _data = nullptr;
        }
        close(fd);
    }
    ~Image()
    {
        if (_data != nullptr) munmap(_data, _size);
    }
    Image(const Image&) = delete;
    Image& operator=(const Image&) = delete;

    explicit operator bool() const { return _data != nullptr; }

    bool holds(std::size_t offset, std::size_t size) const { return offset <= _size && _size - offset >= size; }

    template <class T>
    bool read(std::size_t offset, T& out) const
    {
        if (!holds(offset, sizeof(T))) return false;
        std::memcpy(&out, static_cast<const char*>(_data) + offset, sizeof(T));
        return true;
    }
    std::string text(std::size_t offset) const
    {
        if (offset >= _size) return {};
        const auto* begin = static_cast<const char*>(_data) + offset;
        return {begin, strnlen(begin, _size - offset)};
    }

private:
    void* _data = nullptr;
    std::size_t _size = 0;
};

/// File offset of an address, by the segment that holds it; ~0 when none does.
std::size_t fileOffset(const std::vector<Elf64_Phdr>& segments, Elf64_Addr address)
{
    for (const auto& p : segments)
        if (p.p_type == PT_LOAD && address >= p.p_vaddr && address - p.p_vaddr < p.p_filesz)
            return p.p_offset + (address - p.p_vaddr);
    return ~std::size_t{0};
}

} // namespace

Result<ElfInfo> ElfInfo::read(const std::string& path)
{
    const Image image(path);
    if (!image) return notALibrary(path, "the file cannot be read");
    Elf64_Ehdr header{};
    if (!image.read(0, header) || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0)
        return notALibrary(path, "it is not an ELF file");
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_type != ET_DYN)
        return notALibrary(path, "it is not a 64-bit shared library");
#if defined(__x86_64__)
    if (header.e_machine != EM_X86_64) return notALibrary(path, "it was built for another kind of processor");
#elif defined(__aarch64__)
    if (header.e_machine != EM_AARCH64) return notALibrary(path, "it was built for another kind of processor");
#endif

    std::vector<Elf64_Phdr> segments(header.e_phnum);
    std::size_t dynamic = 0;
    std::size_t dynamicSize = 0;
    for (std::size_t i = 0; i < segments.size(); ++i)
    {
        if (!image.read(header.e_phoff + i * sizeof(Elf64_Phdr), segments[i]))
            return notALibrary(path, "it is cut off");
        if (segments[i].p_type == PT_LOAD && !image.holds(segments[i].p_offset, segments[i].p_filesz))
            return notALibrary(path, "it is cut off"); // mapping it would end the process by SIGBUS
        if (segments[i].p_type != PT_DYNAMIC) continue;
        dynamic = segments[i].p_offset;
        dynamicSize = segments[i].p_filesz;
    }

    std::vector<Elf64_Xword> needed;
    Elf64_Xword soname = 0;
    std::size_t names = ~std::size_t{0};
    for (std::size_t at = 0; at + sizeof(Elf64_Dyn) <= dynamicSize; at += sizeof(Elf64_Dyn))
    {
        Elf64_Dyn entry{};
        if (!image.read(dynamic + at, entry)) return notALibrary(path, "it is cut off");
        if (entry.d_tag == DT_NULL) break;
        if (entry.d_tag == DT_NEEDED) needed.push_back(entry.d_un.d_val);
        if (entry.d_tag == DT_SONAME) soname = entry.d_un.d_val;
        if (entry.d_tag == DT_STRTAB) names = fileOffset(segments, entry.d_un.d_ptr);
    }
    ElfInfo out;
    for (const auto n : needed) out.needed.push_back(image.text(names + n));
    if (soname != 0) out.soname = image.text(names + soname);
    return out;
}

std::string foreignPoco(const ElfInfo& info)
{
    constexpr std::string_view kOurs = ZOCO_POCO_SONAME; // ".so.80"
    for (const auto& n : info.needed)
    {
        const auto dot = n.find(".so");
        if (!n.starts_with("libPoco") || dot == std::string::npos || n.substr(dot) == kOurs) continue;
        return "it is linked to " + n + ", but this host's Poco is libPocoFoundation" + std::string(kOurs) +
               "; build it against the host's Poco or link its own statically with hidden symbols";
    }
    return {};
}

} // namespace zoco::host
