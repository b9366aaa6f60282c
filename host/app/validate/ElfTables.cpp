#include "ElfTables.h"

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>

namespace zoco::host::trial
{

namespace
{

/// The file's bytes; every access is checked, since the file may be anything.
class Bytes
{
public:
    explicit Bytes(const std::string& path)
    {
        std::ifstream in(path, std::ios::binary);
        _bytes.assign(std::istreambuf_iterator<char>(in), {});
    }

    template <class T>
    bool read(std::uint64_t offset, T& out) const
    {
        if (offset > _bytes.size() || _bytes.size() - offset < sizeof(T)) return false;
        std::memcpy(&out, _bytes.data() + offset, sizeof(T));
        return true;
    }
    std::string text(std::uint64_t offset) const
    {
        if (offset >= _bytes.size()) return {};
        return {_bytes.data() + offset, ::strnlen(_bytes.data() + offset, _bytes.size() - offset)};
    }

private:
    std::string _bytes;
};

std::vector<ElfSymbol> definedSymbols(const Bytes& bytes, const Elf64_Shdr& table, const Elf64_Shdr& names)
{
    std::vector<ElfSymbol> out;
    for (std::uint64_t at = 0; at + sizeof(Elf64_Sym) <= table.sh_size; at += sizeof(Elf64_Sym))
    {
        Elf64_Sym symbol{};
        if (!bytes.read(table.sh_offset + at, symbol)) break;
        if (symbol.st_shndx == SHN_UNDEF || symbol.st_shndx == SHN_ABS || symbol.st_name == 0) continue;
        out.push_back({bytes.text(names.sh_offset + symbol.st_name), symbol.st_value, symbol.st_size,
                       ELF64_ST_TYPE(symbol.st_info) == STT_OBJECT, ELF64_ST_BIND(symbol.st_info) == STB_LOCAL});
    }
    return out;
}

} // namespace

ElfTables ElfTables::read(const std::string& path)
{
    ElfTables out;
    const Bytes bytes(path);
    Elf64_Ehdr header{};
    if (!bytes.read(0, header)) return out;
    for (std::uint64_t i = 0; i < header.e_shnum; ++i)
    {
        Elf64_Shdr section{};
        Elf64_Shdr names{};
        if (!bytes.read(header.e_shoff + i * sizeof section, section)) break;
        if (section.sh_type != SHT_DYNSYM && section.sh_type != SHT_SYMTAB) continue;
        if (!bytes.read(header.e_shoff + section.sh_link * sizeof names, names)) continue;
        (section.sh_type == SHT_DYNSYM ? out.exported : out.all) = definedSymbols(bytes, section, names);
    }
    return out;
}

} // namespace zoco::host::trial
