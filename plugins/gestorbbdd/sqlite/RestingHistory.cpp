#include "RestingHistory.h"

#include "DatabaseFile.h"
#include "SqliteError.h"
#include "SqliteSchema.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sqlite3.h>
#include <sys/stat.h>
#include <system_error>

namespace zoco::gestorbbdd
{

namespace
{

namespace fs = std::filesystem;

constexpr int kMaxTries = 50;

/// A folder for the copy, gone with it.
class CopyFolder
{
public:
    CopyFolder() : _path((fs::temp_directory_path() / "zoco-history-XXXXXX").string())
    {
        if (::mkdtemp(_path.data()) == nullptr) throw std::system_error(errno, std::generic_category());
    }
    ~CopyFolder()
    {
        std::error_code ignored;
        fs::remove_all(_path, ignored);
    }
    CopyFolder(const CopyFolder&) = delete;
    CopyFolder& operator=(const CopyFolder&) = delete;

    std::string file() const { return _path + "/copy.db"; }

private:
    std::string _path;
};

struct CloseHistory
{
    void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
};
using HistoryHandle = std::unique_ptr<sqlite3, CloseHistory>;

HistoryHandle open(const std::string& name, int flags)
{
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    HistoryHandle out(raw);
    if (code != SQLITE_OK) throw SqliteError(code, sqlite3_errstr(code));
    return out;
}

/// The log's header, which changes whenever the log begins anew; empty when there is nothing in it.
std::string logHeader(const std::string& path)
{
    std::ifstream in(path + "-wal", std::ios::binary);
    std::string out(32, '\0');
    return in.read(out.data(), 32) ? out : std::string();
}

std::string stampOf(const std::string& path)
{
    struct stat s
    {
    };
    if (::stat(path.c_str(), &s) != 0) return {};
    return std::to_string(s.st_ino) + ' ' + std::to_string(s.st_size) + ' ' + std::to_string(s.st_mtim.tv_sec) + ' ' +
           std::to_string(s.st_mtim.tv_nsec);
}

std::string uriOf(const std::string& path)
{
    std::string out = "file:";
    for (const char c : path)
    {
        constexpr char kDigits[] = "0123456789ABCDEF";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '?' || c == '#' || c == '%')
            (out += '%') += {kDigits[byte >> 4], kDigits[byte & 15]};
        else
            out += c;
    }
    return out + "?immutable=1";
}

/// With a log: what is in the log when the file has been copied covers every page of it that was being changed
/// meanwhile, unless the log has begun anew. Nothing when it has.
std::optional<std::vector<AppliedMigration>> readCopy(const std::string& path, const std::string& header)
{
    const CopyFolder folder;
    fs::copy_file(path, folder.file());
    fs::copy_file(path + "-wal", folder.file() + "-wal");
    if (logHeader(path) != header) return std::nullopt;
    const auto db = open(folder.file(), SQLITE_OPEN_READWRITE);
    return SqliteSchema::history(db.get());
}

/// Without a log: the file is at rest. Nothing when it was not.
std::optional<std::vector<AppliedMigration>> readInPlace(const std::string& path)
{
    const auto stamp = stampOf(path);
    const auto db = open(uriOf(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    auto out = SqliteSchema::history(db.get());
    if (!logHeader(path).empty() || stampOf(path) != stamp) return std::nullopt;
    return out;
}

} // namespace

std::vector<AppliedMigration> historyAtRest(const std::string& path)
{
    for (int tries = 0; tries < kMaxTries; ++tries)
    {
        if (sizeOfFile(path) == 0 && sizeOfFile(path + "-wal") == 0) return {};
        const auto header = logHeader(path);
        try
        {
            if (auto out = header.empty() ? readInPlace(path) : readCopy(path, header)) return std::move(*out);
        }
        catch (const fs::filesystem_error& e)
        {
            if (e.code() != std::errc::no_such_file_or_directory) throw; // the log went while it was copied
        }
        catch (const SqliteError&)
        {
            if (logHeader(path) == header) throw; // else it was changed under our eyes
        }
    }
    throw SqliteError(SQLITE_BUSY, "it changes too fast to be copied; stop the process that uses it, or ask that one");
}

} // namespace zoco::gestorbbdd
