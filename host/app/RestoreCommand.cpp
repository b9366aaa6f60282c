#include "RestoreCommand.h"

#include "RunCommand.h"
#include "Startup.h"
#include "backup/Manifest.h"
#include "backup/PartRunner.h"
#include "backup/RestoreFolder.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <iostream>

namespace zoco::host
{

namespace
{

namespace fs = std::filesystem;

constexpr const char* kRestoreHelp = R"(zoco restore FOLDER --data-dir DIR [--config-dir DIR]

Brings a backup that zoco backup made to DIR, which must be empty or not there, and its database to an empty
one: a new file, or the database of plugins.gestorbbdd.url. First every file is compared with the manifest;
one that is damaged, missing or too much is named, and nothing is written.

Settings come from -c FILE, or else from the configuration in the backup. --config-dir puts that one into a
folder, where no other must be; the secrets that it names were not in the backup.

A restore that was stopped, by whatever, leaves a folder and a database that no host uses: run it again.

Exit status: 0 done, 1 failed, 2 wrong usage or configuration.
)";

struct Options
{
    std::string folder;
    std::string dataDir;
    std::string configDir;
    bool isGood = false;
};

std::string absolute(const std::string& path)
{
    auto out = fs::absolute(path).lexically_normal().string();
    if (out.size() > 1 && out.ends_with('/')) out.pop_back();
    return out;
}

Options optionsOf(const std::vector<std::string>& args)
{
    Options out;
    for (std::size_t i = 0; i < args.size(); ++i)
    {
        auto* value = args[i] == "--data-dir" ? &out.dataDir : args[i] == "--config-dir" ? &out.configDir : &out.folder;
        const bool isOption = value != &out.folder;
        if (isOption && ++i == args.size()) return out;
        if (!value->empty() || args[i].empty() || args[i].front() == '-') return out;
        *value = absolute(args[i]);
    }
    out.isGood = !out.folder.empty() && !out.dataDir.empty();
    return out;
}

/// The manifest's files below one of the backup's folders.
std::vector<std::string> filesIn(const Manifest& manifest, const std::string& folder)
{
    std::vector<std::string> out;
    for (const auto& file : manifest.files)
        if (file.path.starts_with(folder + '/')) out.push_back(file.path.substr(folder.size() + 1));
    return out;
}

void copyAll(const std::string& from, const std::string& to, const std::vector<std::string>& files)
{
    FileWork work("files", bytesOf(from, files));
    for (const auto& file : files)
        if (!work.copy(from + '/' + file, to + '/' + file))
            throw std::runtime_error(from + '/' + file + ": it is gone");
}

/// Refuses a folder with other files of the same names; those that are the same were put there before.
void checkConfiguration(const Options& options, const std::vector<std::string>& files)
{
    for (const auto& file : files)
    {
        const auto there = options.configDir + '/' + file;
        if (fs::exists(there) && readWhole(there) != readWhole(options.folder + "/config/" + file))
            throw std::runtime_error(there + ": there is another one");
    }
}

void placeConfiguration(const Options& options, const std::vector<std::string>& files)
{
    for (const auto& file : files)
    {
        const auto there = options.configDir + '/' + file;
        fs::create_directories(fs::path(there).parent_path());
        writeDurably(there, readWhole(options.folder + "/config/" + file));
    }
}

/// The commands that bring the parts back, in the order of the parts. Throws when one is missing.
std::vector<CommandInfo> commandsFor(const Manifest& manifest, Configuration& configuration)
{
    std::vector<std::string> errors;
    const auto all = rehearsedCommands(configuration, errors);
    printErrors(errors);
    std::vector<CommandInfo> out;
    for (const auto& part : manifest.parts)
    {
        const auto found = std::find_if(all.begin(), all.end(),
                                        [&](const auto& command) { return command.name == "restore " + part.name; });
        if (found == all.end())
            throw std::runtime_error("no enabled plugin brings back the part " + part.name + ", which " + part.plugin +
                                     " made");
        out.push_back(*found);
    }
    return out;
}

int bringBack(const Options& options, const Manifest& manifest, Configuration& configuration)
{
    const auto commands = commandsFor(manifest, configuration);
    const auto configFiles = options.configDir.empty() ? std::vector<std::string>() : filesIn(manifest, "config");
    checkConfiguration(options, configFiles);
    RestoreFolder folder(options.dataDir, manifest.id);
    RestingParts runner(configuration, options.dataDir + "/plugins");
    const auto run = [&](const CommandInfo& command, const std::vector<std::string>& args)
    {
        std::string told;
        if (runner.run(command, args, told) == kDone) return true;
        printErrors({"the restore is not finished; no host uses " + options.dataDir + " before it is run again"});
        return false;
    };
    if (!folder.isPlaced())
    {
        copyAll(options.folder + "/data", options.dataDir, filesIn(manifest, "data"));
        for (const auto& command : commands)
            if (!run(command, {options.folder + "/parts/" + partOf(command), manifest.id})) return kFailed;
        folder.setPlaced();
    }
    placeConfiguration(options, configFiles);
    for (const auto& command : commands)
        if (!run(command, {"--finish", manifest.id})) return kFailed;
    folder.finish();
    std::cout << options.dataDir << ": as of " << manifest.time << ", made by zoco " << manifest.version << ", "
              << manifest.files.size() << " files\n";
    for (const auto& part : manifest.parts) std::cout << "  " << part.name << ": " << part.told << '\n';
    return kDone;
}

int restoreFrom(CommandLine line, const Options& options)
{
    std::vector<std::string> faults;
    const auto manifest = Manifest::verify(options.folder, faults);
    if (!manifest)
    {
        faults.emplace_back("nothing was written");
        printErrors(faults);
        return kFailed;
    }
    const auto own = options.folder + "/config/zoco.properties";
    const bool isOwn = line.configFile.empty() && fs::exists(own);
    if (isOwn) line.configFile = own;
    line.defines.emplace_back("data.dir", options.dataDir);
    line.operatorFolder = options.folder + "/data"; // as the host will read them once they are back
    auto configuration = readConfiguration(line);
    if (!configuration)
    {
        if (isOwn) printErrors({"the configuration in the backup does not fit here; -c FILE names another one"});
        return kWrongUsage;
    }
    return bringBack(options, *manifest, *configuration);
}

} // namespace

int restore(const CommandLine& line)
{
    if (line.args.size() == 1 && (line.args[0] == "--help" || line.args[0] == "-h"))
    {
        std::cout << kRestoreHelp;
        return kDone;
    }
    const auto options = optionsOf(line.args);
    if (!options.isGood)
    {
        printErrors({"a backup's folder and --data-dir DIR are wanted; zoco restore --help tells more"});
        return kWrongUsage;
    }
    ::umask(077);
    try
    {
        return restoreFrom(line, options);
    }
    catch (const std::exception& e)
    {
        printErrors({e.what()});
        return kFailed;
    }
}

} // namespace zoco::host
