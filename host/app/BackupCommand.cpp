#include "BackupCommand.h"

#include "DataFolder.h"
#include "RunCommand.h"
#include "Startup.h"
#include "backup/Manifest.h"
#include "backup/PartRunner.h"
#include "core/Clock.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* kHelp = R"(zoco backup FOLDER

Makes a backup of the shop in a new folder, whether it serves or not: the database, as it was at one moment;
then the other files below data.dir (pictures, keys, what operators set in plugins.d); and the configuration
(the file of -c and plugins.d beside it). FOLDER appears under its name when it is whole and on the disk, for
its owner only. manifest.json in it lists every file with its SHA-256. zoco restore brings it back.

Not in it: files that the configuration names elsewhere, such as certificates and those of *_file with
secrets; the environment; what -D said. Keep those by yourself. Keys below data.dir are in it: whoever has
the backup can read what they encrypt.

zoco backup database FILE copies the database alone.

Exit status: 0 done, 1 failed and nothing was left, 2 wrong usage or configuration.
)";

/// The folder beside the target that becomes it; gone when it did not.
class Draft
{
public:
    explicit Draft(const std::string& target) : _target(target), _path(target + ".XXXXXX")
    {
        if (::mkdtemp(_path.data()) == nullptr) throw std::system_error(errno, std::generic_category(), target);
    }
    ~Draft()
    {
        std::error_code none;
        if (!_isPublished) fs::remove_all(_path, none);
    }
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    const std::string& path() const noexcept { return _path; }
    void publish()
    {
        if (::renameat2(AT_FDCWD, _path.c_str(), AT_FDCWD, _target.c_str(), RENAME_NOREPLACE) != 0)
            throw std::system_error(errno, std::generic_category(), _target);
        _isPublished = true;
        syncFolder(fs::path(_target).parent_path().string());
    }

private:
    const std::string _target;
    std::string _path;
    bool _isPublished = false;
};

/// What is of this moment, and what plugins have put into the backup themselves.
bool isLeftOut(const std::string& path, const std::vector<CommandInfo>& parts)
{
    constexpr std::string_view kOwn[] = {"zoco.lock", "zoco.sock", "code"};
    if (path.starts_with('.') || path.starts_with("plugins/.") ||
        std::find(std::begin(kOwn), std::end(kOwn), path) != std::end(kOwn))
        return true;
    return std::any_of(parts.begin(), parts.end(), [&](const auto& part) { return path == "plugins/" + part.plugin; });
}

bool copyParts(const std::vector<CommandInfo>& parts, PartRunner& runner, const std::string& folder, Manifest& manifest)
{
    fs::create_directory(folder + "/parts");
    for (const auto& part : parts)
    {
        std::string told;
        const auto file = folder + "/parts/" + partOf(part);
        if (runner.run(part, {file}, told) != kDone) return false;
        if (!fs::exists(file)) // its process may be on another machine, or have a /tmp of its own
            throw std::runtime_error("the plugin " + part.plugin + " wrote " + file +
                                     ", and it is not here; take another folder");
        told.erase(0, told.starts_with(folder) ? told.find(": ") + 2 : 0);
        manifest.parts.push_back({partOf(part), part.plugin, told});
    }
    return true;
}

void copyFiles(const std::string& from, const std::string& to, const std::vector<CommandInfo>& parts)
{
    std::vector<std::string> others;
    const auto files = filesBelow(
        from, [&](const auto& path) { return isLeftOut(path, parts); }, others);
    for (const auto& other : others)
        std::cerr << "zoco: warning: " << from << '/' << other << ": neither a file nor a folder; it is left out\n";
    FileWork work("files", bytesOf(from, files));
    for (const auto& file : files) (void)work.copy(from + '/' + file, to + '/' + file); // one that is gone was a draft
}

void copyConfiguration(const std::string& file, const std::string& to)
{
    if (file.empty()) return;
    FileWork work("configuration", 0);
    const auto take = [&](const fs::path& from, const std::string& name) // a link leads to what the host reads
    {
        if (!work.copy(fs::canonical(from).string(), to + name))
            throw std::runtime_error(from.string() + ": it is gone");
    };
    take(file, "/zoco.properties");
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(fs::path(file).parent_path() / "plugins.d", none))
        if (entry.path().extension() == ".properties")
            take(entry.path(), "/plugins.d/" + entry.path().filename().string());
}

int makeBackup(const CommandLine& line, Configuration& configuration, const std::string& target)
{
    const auto& dataDir = configuration.host.dataDir;
    if (!fs::is_directory(dataDir)) throw std::runtime_error("data.dir " + dataDir + ": there is nothing yet");
    const auto within = fs::weakly_canonical(fs::path(target).parent_path()).lexically_relative(fs::canonical(dataDir));
    if (!within.empty() && *within.begin() != "..")
        throw std::runtime_error(target + ": it lies in data.dir, which is what is copied; take another folder");
    const RemoteCommands server(DataFolder::socketPath(dataDir));
    const bool isServing = server.isServing();
    std::vector<std::string> errors;
    const auto parts = partCommands(isServing ? server.list() : rehearsedCommands(configuration, errors), "backup");
    printErrors(errors);
    if (!errors.empty()) return kFailed;
    std::optional<DataFolder> data; // nothing starts meanwhile
    if (!isServing) data.emplace(dataDir);
    ServingParts serving(server);
    RestingParts resting(configuration, configuration.host.plugins.filesRoot);

    Draft draft(target);
    Manifest manifest{std::string(version()), {}, {}, {}, {}};
    appendRfc3339(manifest.time, unixMicros());
    // The database first: what it names in files was written before it was named, and names never change their meaning.
    auto& runner = isServing ? static_cast<PartRunner&>(serving) : resting;
    if (!copyParts(parts, runner, draft.path(), manifest)) return kFailed;
    copyFiles(dataDir, draft.path() + "/data", parts);
    copyConfiguration(line.configFile, draft.path() + "/config");
    manifest.write(draft.path());
    draft.publish();
    std::uint64_t bytes = 0;
    for (const auto& file : manifest.files) bytes += file.bytes;
    std::cout << target << ": " << manifest.files.size() << " files, " << bytes << " bytes\n";
    for (const auto& part : manifest.parts) std::cout << "  " << part.name << ": " << part.told << '\n';
    if (line.configFile.empty()) std::cout << "  no configuration: -c did not name a file\n";
    return kDone;
}

} // namespace

int backup(const CommandLine& line)
{
    const auto& args = line.args;
    if (args.size() == 1 && (args[0] == "--help" || args[0] == "-h"))
    {
        std::cout << kHelp;
        return kDone;
    }
    if (args.size() > 1) return runPluginCommand(line);
    if (args.empty() || args[0].empty() || args[0].front() == '-')
    {
        printErrors({"one folder is wanted; zoco backup --help tells more"});
        return kWrongUsage;
    }
    auto configuration = readConfiguration(line);
    if (!configuration) return kWrongUsage;
    auto target = fs::absolute(args[0]).lexically_normal().string();
    if (target.size() > 1 && target.ends_with('/')) target.pop_back();
    ::umask(077);
    try
    {
        if (fs::exists(fs::symlink_status(target))) throw std::runtime_error(target + ": there is something already");
        return makeBackup(line, *configuration, target);
    }
    catch (const std::exception& e)
    {
        printErrors({e.what()});
        return kFailed;
    }
}

} // namespace zoco::host
