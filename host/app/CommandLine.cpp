#include "CommandLine.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace zoco::host
{

namespace
{

constexpr std::array<std::string_view, 9> kOwnCommands{"serve",  "node",   "check",    "reload", "plugins",
                                                       "routes", "events", "validate", "mail"};

bool isOwn(std::string_view command)
{
    return std::find(kOwnCommands.begin(), kOwnCommands.end(), command) != kOwnCommands.end();
}

bool takeDefine(CommandLine& out, const std::string& text)
{
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
    {
        out.error = "-D wants key=value, not '" + text + "'";
        return false;
    }
    out.defines.emplace_back(text.substr(0, equals), text.substr(equals + 1));
    return true;
}

} // namespace

CommandLine CommandLine::parse(const std::vector<std::string>& words)
{
    CommandLine out;
    for (std::size_t i = 0; i < words.size(); ++i)
    {
        const auto& word = words[i];
        const bool takesNext = word == "-c" || word == "-D" || word == "--config" || word == "--ready-file";
        if (takesNext && i + 1 == words.size())
        {
            out.error = word + " wants a value";
            return out;
        }
        if (word == "-c" || word == "--config")
            out.configFile = words[++i];
        else if (word == "-D")
        {
            if (!takeDefine(out, words[++i])) return out;
        }
        else if (word.starts_with("-D") && word.size() > 2)
        {
            if (!takeDefine(out, word.substr(2))) return out;
        }
        else if (word == "--ready-file")
            out.readyFile = words[++i];
        else if (out.command.empty() && (word == "-h" || word == "--help"))
            out.wantsHelp = true;
        else if (out.command.empty() && word == "--version")
            out.wantsVersion = true;
        else if (out.command.empty() && !word.starts_with('-'))
            out.command = word;
        else if (isOwn(out.command) && (word == "-h" || word == "--help"))
            out.wantsHelp = true;
        else if (word == "--json" && (out.command == "plugins" || out.command == "routes"))
            out.args.push_back(word);
        else if (word == "--migrations" && out.command == "check")
            out.args.push_back(word);
        else if (out.command == "validate" || out.command == "events" || out.command == "mail")
            out.args.push_back(word);
        else if (out.command.empty() || isOwn(out.command))
        {
            out.error = "unknown option or argument '" + word + "'";
            return out;
        }
        else
            out.args.push_back(word);
    }
    if (out.command == "help") out.wantsHelp = true;
    return out;
}

const char* CommandLine::usage() noexcept
{
    return R"(usage: zoco [-c FILE] [-D key=value]... COMMAND

  serve      load the enabled plugins and serve; --ready-file F gets one line, the
             address, once every enabled plugin serves. SIGTERM ends it in order
  node       run plugins for the gateways that show a certificate of node.ca; they are
             enabled here, and have placement remote there; --ready-file as serve
  check      find mistakes in the configuration and the plugins, and show the
             services and routes that a start would give; --migrations: also which
             migrations have been applied and which a start would run; changes nothing
  reload     make the serving process read its configuration anew: plugins are added,
             replaced and removed without stopping, all of it or nothing
  plugins    the enabled plugins and how they are (--json)
  routes     the routes, who owns them and who may call them (--json)
  events     durable events: who reads them and how far, and those that were put aside
             (--json); replay PLUGIN NUMBER and discard PLUGIN NUMBER for one of these,
             forget PLUGIN for a plugin that is gone
  mail       mails that have not been sent yet (--json); retry MAIL tries one at once, also
             one that was put aside, discard MAIL drops it
  validate   try a plugin's library against the rules of the ABI, each check in a
             process of its own; zoco validate --help tells more
  backup     copy the whole shop to a new folder, whether it serves or not: database, other
             files of data.dir, configuration; zoco backup --help tells more
  restore    bring a backup back to an empty folder; zoco restore --help tells more
  keys       list, rotate, retire the keys that fields are encrypted with; zoco keys tells
             more
  help       this text, and the commands that enabled plugins bring

  -c FILE          the configuration, with plugins.d/ beside it
  -D key=value     overrides any key; repeatable
  --version        the version of this program

example:
  zoco serve -c etc/zoco.properties -D host.listen=127.0.0.1:8080

exit status: 0 done, 1 failed, 2 wrong usage or configuration
)";
}

} // namespace zoco::host
