#include "StaticData.h"

#include "core/UniqueFd.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <link.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

namespace zoco::host::trial
{

namespace
{

/// Of compilers and of the C++ library linked into the plugin.
constexpr std::array<std::string_view, 9> kNotThePlugins{"__gcov",     "__llvm", "__asan", "__tsan", "__ubsan",
                                                         "__odr_asan", "_ZNSt",  "_ZSt",   "_ZGVNSt"};

bool isThePlugins(std::string_view symbol)
{
    return std::none_of(kNotThePlugins.begin(), kNotThePlugins.end(),
                        [&](std::string_view prefix) { return symbol.starts_with(prefix); });
}

std::string demangled(const std::string& name)
{
    int status = 0;
    char* text = abi::__cxa_demangle(name.c_str(), nullptr, nullptr, &status);
    std::string out = status == 0 ? text : name;
    std::free(text);
    return out;
}

std::string hex(std::uint64_t number)
{
    char buffer[24];
    std::snprintf(buffer, sizeof buffer, "0x%llx", static_cast<unsigned long long>(number));
    return buffer;
}

struct Search
{
    std::uint64_t inside;
    std::uint64_t base = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> writable;
    std::pair<std::uint64_t, std::uint64_t> relro{0, 0};
};

int visit(dl_phdr_info* info, std::size_t, void* context)
{
    auto& search = *static_cast<Search*>(context);
    Search found{search.inside, info->dlpi_addr, {}, {0, 0}};
    bool isIt = false;
    for (int i = 0; i < info->dlpi_phnum; ++i)
    {
        const auto& p = info->dlpi_phdr[i];
        const auto begin = info->dlpi_addr + p.p_vaddr;
        if (p.p_type == PT_GNU_RELRO) found.relro = {begin, begin + p.p_memsz};
        if (p.p_type != PT_LOAD) continue;
        isIt = isIt || (search.inside >= begin && search.inside < begin + p.p_memsz);
        if ((p.p_flags & PF_W) != 0) found.writable.emplace_back(begin, begin + p.p_memsz);
    }
    if (isIt) search = std::move(found);
    return isIt ? 1 : 0;
}

} // namespace

StaticData::StaticData(const void* inside, const std::string& path)
{
    Search search{reinterpret_cast<std::uint64_t>(inside), 0, {}, {0, 0}};
    ::dl_iterate_phdr(&visit, &search);
    _base = search.base;
    for (const auto& [begin, end] : search.writable)
    {
        // What is read-only after relocation stands at the beginning of a writable segment.
        const bool startsReadOnly = search.relro.first <= begin && search.relro.second > begin;
        const auto from = startsReadOnly ? std::min(search.relro.second, end) : begin;
        if (from < end) _ranges.push_back({from, end});
    }
    for (auto& symbol : ElfTables::read(path).all)
        if (symbol.isData && symbol.size > 0) _symbols.push_back(std::move(symbol));
    std::sort(_symbols.begin(), _symbols.end(), [](const auto& a, const auto& b) { return a.address < b.address; });
}

StaticData::Snapshot StaticData::take() const
{
    Snapshot out;
    const UniqueFd memory(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC));
    for (const auto& range : _ranges)
    {
        std::string bytes(range.end - range.begin, '\0');
        const auto size = ::pread(memory.get(), bytes.data(), bytes.size(), static_cast<off_t>(range.begin));
        bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        out.push_back(std::move(bytes));
    }
    return out;
}

/// The variable at an address; `end` becomes the first address behind it.
std::string StaticData::nameOf(std::uint64_t address, std::uint64_t& end) const
{
    const auto offset = address - _base;
    end = address / 8 * 8 + 8;
    const auto next = std::upper_bound(_symbols.begin(), _symbols.end(), offset,
                                       [](std::uint64_t at, const ElfSymbol& s) { return at < s.address; });
    if (next != _symbols.begin())
        if (const auto& symbol = *(next - 1); offset < symbol.address + symbol.size)
        {
            end = _base + symbol.address + symbol.size;
            return symbol.name;
        }
    return {};
}

std::string StaticData::difference(const Snapshot& before, const Snapshot& after) const
{
    constexpr int kShown = 4;
    std::string out;
    int count = 0;
    for (std::size_t r = 0; r < _ranges.size(); ++r)
        for (std::size_t i = 0; i < before[r].size() && i < after[r].size(); ++i)
        {
            if (before[r][i] == after[r][i]) continue;
            const auto address = _ranges[r].begin + i;
            std::uint64_t end = 0;
            const auto symbol = nameOf(address, end);
            i = end - _ranges[r].begin - 1;
            if (!isThePlugins(symbol) || ++count > kShown) continue;
            out += (out.empty() ? "" : ", ") +
                   (symbol.empty() ? "something at offset " + hex(address - _base) : demangled(symbol));
        }
    return count > kShown ? out + " and " + std::to_string(count - kShown) + " more" : out;
}

} // namespace zoco::host::trial
