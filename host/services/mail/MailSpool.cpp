#include "MailSpool.h"

#include "DurableFile.h"
#include "zoco/detail/FieldBytes.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr std::int64_t kKeepUs = 7LL * 86'400 * 1'000'000; ///< as long as an event may come again

std::string whole(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    std::string out{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw std::system_error(EIO, std::generic_category(), path);
    return out;
}

struct Kept
{
    MailSpool::Entry entry;
    std::string sealed;
};

std::optional<Kept> read(const std::string& bytes)
{
    zoco::detail::FieldReader reader;
    if (!reader.read(bytes) || reader.fields.size() != 7) return std::nullopt;
    const auto value = [&](std::size_t i) { return Value(reader.fields[i].value); };
    Kept out;
    out.entry.publisher = value(0).text();
    out.entry.timeUs = value(1).integer();
    out.entry.tries = static_cast<std::uint32_t>(value(2).integer());
    out.entry.dueUs = value(3).integer();
    out.entry.isAside = value(4).boolean();
    out.entry.reason = value(5).text();
    out.sealed = value(6).text();
    return out;
}

} // namespace

bool MailSpool::isId(std::string_view text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

MailSpool::MailSpool(std::string folder) : _folder(std::move(folder))
{
    fs::create_directories(_folder);
    fs::permissions(_folder, fs::perms::owner_all);
    for (const auto& file : fs::directory_iterator(_folder))
    {
        const auto name = file.path().filename().string();
        const auto id = name.substr(0, 32);
        if (!isId(id)) continue;
        if (name == id + ".sent")
            _done.emplace(id, std::chrono::duration_cast<std::chrono::microseconds>(
                                  fs::file_time_type::clock::to_sys(file.last_write_time()).time_since_epoch())
                                  .count());
        if (name != id + ".mail") continue;
        if (auto kept = read(whole(file.path().string()))) _entries.emplace(id, std::move(kept->entry));
    }
    for (const auto& [id, when] : _done)
        if (_entries.erase(id) > 0) removeDurably(path(id)); // it ended between the two
}

void MailSpool::write(const std::string& id, const Entry& entry, std::string_view sealed)
{
    const NamedValue fields[] = {{"publisher", entry.publisher},
                                 {"time", Value::time(entry.timeUs)},
                                 {"tries", std::int64_t{entry.tries}},
                                 {"due", Value::time(entry.dueUs)},
                                 {"aside", entry.isAside},
                                 {"reason", entry.reason},
                                 {"sealed", Value::blob(sealed)}};
    replaceDurably(path(id), zoco::detail::FieldWriter::write(fields));
}

bool MailSpool::add(const std::string& id, const Entry& entry, std::string_view sealed)
{
    if (_entries.contains(id) || _done.contains(id)) return false;
    write(id, entry, sealed);
    _entries.emplace(id, entry);
    return true;
}

std::string MailSpool::sealed(const std::string& id) const
{
    auto kept = read(whole(path(id)));
    if (!kept) throw std::system_error(EIO, std::generic_category(), path(id));
    return std::move(kept->sealed);
}

void MailSpool::update(const std::string& id, const Entry& entry)
{
    write(id, entry, sealed(id));
    _entries[id] = entry;
}

void MailSpool::replace(const std::string& id, std::string_view sealed) { write(id, _entries.at(id), sealed); }

void MailSpool::sent(const std::string& id, std::int64_t nowUs)
{
    replaceDurably(donePath(id), {});
    _done.emplace(id, nowUs);
    discard(id);
    forgetOld(nowUs);
}

void MailSpool::discard(const std::string& id)
{
    removeDurably(path(id));
    _entries.erase(id);
}

void MailSpool::forgetOld(std::int64_t nowUs)
{
    std::erase_if(_done,
                  [&](const auto& done)
                  {
                      if (nowUs - done.second < kKeepUs) return false;
                      removeDurably(donePath(done.first));
                      return true;
                  });
}

} // namespace zoco::host
