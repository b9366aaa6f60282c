#include "MigrationsCommand.h"

#include "MigrationKind.h"
#include "TimeText.h"
#include "catalogue/Migration.h"

#include <algorithm>
#include <array>
#include <deque>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace zoco::gestorbbdd
{

namespace
{

namespace fs = std::filesystem;

using Line = std::array<std::string, 5>;

std::string numberText(std::int64_t version)
{
    const auto digits = std::to_string(version);
    return 'V' + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits;
}

std::vector<fs::path> sorted(const fs::path& folder)
{
    std::vector<fs::path> out;
    for (const auto& entry : fs::directory_iterator(folder)) out.push_back(entry.path());
    std::sort(out.begin(), out.end());
    return out;
}

/// One plugin's migrations as files.
class MigrationFiles
{
public:
    explicit MigrationFiles(const fs::path& folder)
    {
        for (const auto& path : sorted(folder))
        {
            std::ifstream in(path, std::ios::binary);
            _texts.push_back(path.filename().string());
            const auto* name = _texts.back().c_str();
            const auto& text =
                _texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
            _resources.push_back({"sql-migration", name, {text.data(), text.size()}});
        }
    }
    const std::vector<zoco_resource>& resources() const noexcept { return _resources; }

private:
    std::deque<std::string> _texts; ///< at fixed addresses
    std::vector<zoco_resource> _resources;
};

class Report
{
public:
    Report(const Terminal& terminal, const MigrationHistory& history, std::string_view dialect)
        : _terminal(terminal), _history(history), _dialect(dialect)
    {
    }

    void add(const std::string& plugin, const MigrationFiles& files)
    {
        std::vector<std::string> faults;
        const auto migrations = readMigrations(files.resources(), _dialect, faults);
        for (const auto& fault : faults) fail(plugin, fault);
        for (const auto& migration : migrations) addOne(plugin, migration);
        for (const auto& applied : _history.applied)
        {
            const auto isIt = [&](const Migration& m) { return m.version == applied.version; };
            if (applied.plugin != plugin || std::any_of(migrations.begin(), migrations.end(), isIt)) continue;
            line(plugin, applied.version, applied.name, "-", "unknown");
            fail(plugin, numberText(applied.version) + "__" + applied.name +
                             ": it was applied, and this version of the plugin does not have it");
        }
    }

    int show()
    {
        std::array<std::size_t, 5> widths{};
        for (const auto& l : _lines)
            for (std::size_t i = 0; i < l.size(); ++i) widths[i] = std::max(widths[i], l[i].size());
        for (const auto& l : _lines)
        {
            std::string text;
            for (std::size_t i = 0; i + 1 < l.size(); ++i) text += l[i] + std::string(widths[i] + 2 - l[i].size(), ' ');
            _terminal.out(text + l.back());
        }
        _terminal.out(_pending == 0 ? "no migration would run on " + _dialect
                                    : std::to_string(_pending) + " of them would run on " + _dialect);
        for (const auto& fault : _faults) _terminal.error(fault);
        return _faults.empty() ? 0 : 1;
    }

private:
    void addOne(const std::string& plugin, const Migration& migration)
    {
        constexpr const char* kKinds[] = {"", "expand", "contract", "-"};
        const auto* kind = kKinds[static_cast<int>(kindOf(migration.sql))];
        const auto isIt = [&](const auto& m) { return m.plugin == plugin && m.version == migration.version; };
        const auto& all = _history.applied;
        if (const auto found = std::find_if(all.begin(), all.end(), isIt); found != all.end())
        {
            const bool isSame = found->checksum == migration.checksum;
            line(plugin, migration.version, migration.name, kind,
                 isSame ? "applied " + timeText(found->appliedUs) : "changed");
            if (!isSame) fail(plugin, migration.file + ": it was applied already and has been changed since");
            return;
        }
        ++_pending;
        const auto& begun = _history.begun;
        const auto half = std::find_if(begun.begin(), begun.end(), isIt);
        line(plugin, migration.version, migration.name, kind,
             half == begun.end() ? "would run" : "would go on after " + std::to_string(half->steps) + " statements");
    }

    void line(const std::string& plugin, std::int64_t version, const std::string& name, const std::string& kind,
              const std::string& state)
    {
        _lines.push_back({plugin, numberText(version), name, kind, state});
    }
    void fail(const std::string& plugin, const std::string& what) { _faults.push_back(plugin + ": " + what); }

    const Terminal& _terminal;
    const MigrationHistory& _history;
    const std::string _dialect;
    std::vector<Line> _lines{{"PLUGIN", "MIGRATION", "NAME", "KIND", "STATE"}};
    std::vector<std::string> _faults;
    int _pending = 0;
};

} // namespace

const CommandOptions kMigrationsCommand{"check migrations", "what a start would do to the tables",
                                        "zoco check --migrations runs this."};

int runMigrations(const CommandCall& call, Engine& engine)
{
    if (call.args.size() != 1 || call.args[0].empty())
    {
        call.terminal.error("one folder is wanted; zoco check --migrations runs this");
        return 2;
    }
    const auto history = engine.history();
    Report report(call.terminal, history, dialectName(engine.dialect()));
    for (const auto& folder : sorted(fs::path(call.workingFolder) / call.args[0]))
        report.add(folder.filename().string(), MigrationFiles(folder));
    return report.show();
}

} // namespace zoco::gestorbbdd
