#include "ValidateCommand.h"

#include "CheckList.h"
#include "CheckRunner.h"
#include "ValidateOptions.h"
#include "app/Signals.h"
#include "app/Startup.h"
#include "zoco/Json.h"

#include <filesystem>
#include <iomanip>
#include <iostream>

namespace zoco::host
{

namespace
{

using namespace trial;

void printRow(std::ostream& out, std::string_view first, std::string_view second, std::string_view third)
{
    out << std::left << std::setw(9) << first << std::setw(third.empty() ? 0 : 19) << second << third << std::endl;
}

int list()
{
    for (const auto& check : checkList())
        std::cout << std::left << std::setw(19) << check.name << check.summary << '\n';
    return kDone;
}

std::size_t count(const std::vector<CheckResult>& results, Finding::Kind kind)
{
    std::size_t out = 0;
    for (const auto& r : results) out += r.finding.kind == kind ? 1 : 0;
    return out;
}

void printJson(const std::string& library, const std::vector<CheckResult>& results)
{
    std::string text;
    JsonWriter json(text);
    json.beginObject().member("plugin", library).key("checks").beginArray();
    for (const auto& r : results)
        json.beginObject()
            .member("name", r.check->name)
            .member("result", r.finding.kind == Finding::Kind::Failed ? "failed" : trial::name(r.finding.kind))
            .member("reason", r.finding.reason)
            .endObject();
    json.endArray()
        .member("ok", static_cast<std::int64_t>(count(results, Finding::Kind::Ok)))
        .member("failed", static_cast<std::int64_t>(count(results, Finding::Kind::Failed)))
        .member("skipped", static_cast<std::int64_t>(count(results, Finding::Kind::Skipped)))
        .endObject();
    std::cout << text << '\n';
}

std::vector<Property> settingsOf(const CommandLine& line)
{
    std::vector<Property> out;
    for (const auto& [key, value] : line.defines) out.push_back({key, value, {"-D", 0}, {}});
    return out;
}

} // namespace

int validate(const CommandLine& line)
{
    const auto options = ValidateOptions::parse(line.args);
    if (!options.error.empty() || !line.configFile.empty())
    {
        printErrors({options.error.empty() ? "validate takes no -c; give settings by -D key=value" : options.error});
        return kWrongUsage;
    }
    if (options.wantsList) return list();
    unblockSignals(); // Ctrl-C ends it
    const auto path = std::filesystem::absolute(options.library).lexically_normal().string();
    const CheckRunner runner({path, settingsOf(line)}, options.deadline);
    const auto results =
        runner.run(options.checks,
                   [&](const CheckResult& r)
                   {
                       if (!options.wantsJson)
                           printRow(std::cout, trial::name(r.finding.kind), r.check->name, r.finding.reason);
                   });
    const auto failed = count(results, Finding::Kind::Failed);
    if (options.wantsJson)
        printJson(options.library, results);
    else
        std::cout << results.size() << " checks: " << count(results, Finding::Kind::Ok) << " ok, " << failed
                  << " failed, " << count(results, Finding::Kind::Skipped) << " skipped\n";
    return failed == 0 ? kDone : kFailed;
}

const char* validateUsage() noexcept
{
    return R"(usage: zoco validate PLUGIN.so [-D key=value]... [--only CHECK]... [--json]
       zoco validate --list

Tries a plugin against the rules that every host and plugin keep. Each check runs in a
process of its own, so that a crash or a hang is a finding. Services that the plugin needs
are stand-ins that accept everything and answer with no rows; nothing listens, and files
are written to a temporary folder only, by a plugin that keeps to its own.

  -D key=value     a setting of the plugin, as in its schema; the rest are its defaults.
                   A secret is given as key_file=PATH
  --only CHECK     only this one; repeatable
  --list           the checks, a line each
  --json           the results as one JSON object
  --deadline S     seconds that each check may take; 30

exit status: 0 no check failed, 1 one failed, 2 wrong usage
)";
}

} // namespace zoco::host
