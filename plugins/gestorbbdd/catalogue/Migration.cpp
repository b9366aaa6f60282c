#include "Migration.h"

#include "zoco/Problem.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

namespace zoco::gestorbbdd
{

namespace
{

std::optional<Migration> fromName(std::string_view file)
{
    constexpr std::string_view kEnd = ".sql";
    if (file.size() < kEnd.size() || file.front() != 'V' || file.substr(file.size() - kEnd.size()) != kEnd)
        return std::nullopt;
    const auto stem = file.substr(1, file.size() - 1 - kEnd.size());
    const auto bar = stem.find("__");
    if (bar == std::string_view::npos || bar + 2 == stem.size()) return std::nullopt;
    Migration out;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + bar, out.version);
    if (error != std::errc() || end != stem.data() + bar || out.version < 1) return std::nullopt;
    out.name = stem.substr(bar + 2);
    out.file = file;
    return out;
}

/// Cuts the dialect off a migration's words; empty when it is for all.
std::string_view takeDialect(std::string& words)
{
    for (const std::string_view dialect : {"sqlite", "mysql"})
    {
        const auto end = "." + std::string(dialect);
        if (words.size() <= end.size() || words.substr(words.size() - end.size()) != end) continue;
        words.resize(words.size() - end.size());
        return dialect;
    }
    return {};
}

void checkOrder(const std::vector<Migration>& sorted, std::vector<std::string>& faults)
{
    int expected = 1;
    for (const auto& m : sorted)
    {
        if (m.version < expected)
            faults.push_back(m.file + ": the number " + std::to_string(m.version) + " is there twice");
        else if (m.version > expected)
            faults.push_back(m.file + ": number " + std::to_string(expected) + " is missing before it");
        expected = m.version + 1;
    }
}

} // namespace

std::string checksumOf(std::string_view text)
{
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    std::string out(16, '0');
    for (auto digit = out.rbegin(); digit != out.rend(); ++digit, hash >>= 4) *digit = "0123456789abcdef"[hash & 15];
    return out;
}

std::vector<Migration> readMigrations(std::span<const zoco_resource> files, std::string_view dialect,
                                      std::vector<std::string>& faults)
{
    std::vector<Migration> out;
    std::vector<Migration> others;
    for (const auto& file : files)
    {
        auto migration = fromName(file.name);
        if (!migration)
        {
            faults.push_back(std::string(file.name) +
                             ": a migration is named V###__words.sql, such as V001__tablas.sql");
            continue;
        }
        const auto own = takeDialect(migration->name);
        if (!own.empty() && own != dialect)
        {
            others.push_back(std::move(*migration));
            continue;
        }
        migration->sql = view(file.data);
        migration->checksum = checksumOf(migration->sql);
        out.push_back(std::move(*migration));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.version < b.version; });
    for (const auto& other : others)
        if (std::none_of(out.begin(), out.end(), [&](const auto& m) { return m.version == other.version; }))
            faults.push_back(other.file + ": it has no variant for " + std::string(dialect));
    if (faults.empty()) checkOrder(out, faults);
    return out;
}

} // namespace zoco::gestorbbdd
