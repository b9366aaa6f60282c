#include "ImportOptions.h"

#include "ByteSources.h"
#include "model/Dinero.h"

#include <filesystem>
#include <optional>

namespace catalogo
{

namespace
{

namespace fs = std::filesystem;

std::optional<ImportFormat> formatOf(std::string_view name)
{
    if (name == "csv") return ImportFormat::Csv;
    if (name == "tsv") return ImportFormat::Tsv;
    if (name == "json") return ImportFormat::Json;
    return std::nullopt;
}

std::optional<ImportFormat> formatByEnding(const fs::path& file)
{
    auto ending = file.extension().string();
    for (auto& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 32);
    return ending.empty() ? std::nullopt : formatOf(std::string_view(ending).substr(1));
}

/// Reads one after the other; what is wrong first stays in `fault`.
class Parser
{
public:
    Parser(const std::vector<std::string_view>& args, std::string_view workingFolder)
        : _args(args), _folder(workingFolder)
    {
    }

    ImportOptions run()
    {
        for (_next = 0; _next < _args.size() && _out.fault.empty(); ++_next) readOne(_args[_next]);
        if (_out.isHelp || !_out.fault.empty()) return std::move(_out);
        if (_names.empty()) _out.fault = "no file is given";
        for (const auto& name : _names) addFile(name);
        return std::move(_out);
    }

private:
    void readOne(std::string_view arg)
    {
        const auto equals = arg.find('=');
        const auto name = arg.substr(0, equals);
        if (_isOnlyFiles || !arg.starts_with("-") || arg == "-")
            _names.emplace_back(arg);
        else if (arg == "--")
            _isOnlyFiles = true;
        else if (arg == "--help" || arg == "-h")
            _out.isHelp = true;
        else if (arg == "--dry-run")
            _out.isDryRun = true;
        else if (name == "--formato")
            readFormat(valueOf(arg, equals));
        else if (name == "--imagenes")
            readPictureFolder(valueOf(arg, equals));
        else if (name == "--moneda")
            readCurrency(valueOf(arg, equals));
        else
            _out.fault = "unknown option " + std::string(name);
    }

    /// "--option=value" or "--option value".
    std::string_view valueOf(std::string_view arg, std::size_t equals)
    {
        if (equals != std::string_view::npos) return arg.substr(equals + 1);
        if (_next + 1 < _args.size()) return _args[++_next];
        _out.fault = std::string(arg) + " needs a value";
        return {};
    }

    void readFormat(std::string_view value)
    {
        _format = formatOf(value);
        if (!_format && _out.fault.empty()) _out.fault = "--formato must be csv, tsv or json";
    }

    void readPictureFolder(std::string_view value)
    {
        if (!_out.fault.empty()) return;
        const auto path = _folder / value;
        std::error_code ignored;
        if (!fs::is_directory(path, ignored))
            _out.fault = std::string("--imagenes: ").append(value) + " is not a folder";
        _out.pictureFolder = path.string();
    }

    void readCurrency(std::string_view value)
    {
        if (!_out.fault.empty()) return;
        if (!isCurrencyCode(value)) _out.fault = "--moneda must be three capital letters such as EUR";
        _out.moneda = value;
    }

    void addFile(const std::string& name)
    {
        const auto format = _format ? _format : formatByEnding(name);
        if (!format && _out.fault.empty())
            _out.fault = "the format of " + name + " is not known by its ending; please give --formato";
        if (!format) return;
        const auto path = (_folder / name).string();
        _out.files.push_back({name, *format, [path] { return std::make_unique<FileSource>(path); }});
    }

    const std::vector<std::string_view>& _args;
    const fs::path _folder;
    std::size_t _next = 0;
    bool _isOnlyFiles = false;
    std::optional<ImportFormat> _format;
    std::vector<std::string> _names;
    ImportOptions _out;
};

} // namespace

ImportOptions ImportOptions::parse(const std::vector<std::string_view>& args, std::string_view workingFolder)
{
    return Parser(args, workingFolder).run();
}

} // namespace catalogo
