#pragma once

#include <elf.h>

#include <cstring>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace zoco::test
{

/// A symbol of a shared library's dynamic table.
struct ElfSymbol
{
    std::string name;
    bool isDefined;
    bool isUnique; ///< STB_GNU_UNIQUE: would keep the library from ever being unloaded, and merge it with others'
};

/// Reads the dynamic symbols of a 64-bit shared library; throws std::runtime_error when it is none.
inline std::vector<ElfSymbol> dynamicSymbols(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto read = [&]<class T>(std::size_t offset, T& out)
    {
        if (offset + sizeof(T) > bytes.size()) throw std::runtime_error(path + " is cut off");
        std::memcpy(&out, bytes.data() + offset, sizeof(T));
    };
    Elf64_Ehdr header{};
    read(0, header);
    if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) throw std::runtime_error(path + " is not ELF");

    std::vector<ElfSymbol> out;
    for (std::size_t i = 0; i < header.e_shnum; ++i)
    {
        Elf64_Shdr section{};
        read(header.e_shoff + i * header.e_shentsize, section);
        if (section.sh_type != SHT_DYNSYM) continue;
        Elf64_Shdr names{};
        read(header.e_shoff + section.sh_link * header.e_shentsize, names);
        for (std::size_t at = sizeof(Elf64_Sym); at < section.sh_size; at += sizeof(Elf64_Sym))
        {
            Elf64_Sym symbol{};
            read(section.sh_offset + at, symbol);
            out.push_back({bytes.data() + names.sh_offset + symbol.st_name, symbol.st_shndx != SHN_UNDEF,
                           ELF64_ST_BIND(symbol.st_info) == STB_GNU_UNIQUE});
        }
    }
    if (out.empty()) throw std::runtime_error(path + " has no dynamic symbols");
    return out;
}

} // namespace zoco::test
