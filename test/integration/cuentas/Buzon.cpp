#include "Buzon.h"

#include "support/Eventually.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <utility>

namespace zoco::test
{

namespace
{

std::string contentOf(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Quoted-printable (RFC 2045) undone.
std::string decoded(const std::string& text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i)
    {
        if (text[i] != '=' || i + 2 >= text.size())
        {
            out += text[i];
            continue;
        }
        if (text[i + 1] != '\r' && text[i + 1] != '\n')
            out += static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16));
        i += text[i + 1] == '\n' ? 1 : 2;
    }
    return out;
}

} // namespace

/// In the order in which they were written; their names have the second only.
std::string Buzon::find(const std::string& to) const
{
    std::set<std::pair<std::filesystem::file_time_type, std::string>> files;
    if (std::filesystem::exists(_folder))
        for (const auto& entry : std::filesystem::directory_iterator(_folder))
            if (entry.path().extension() == ".eml") files.emplace(entry.last_write_time(), entry.path());
    for (const auto& [time, file] : files)
    {
        const auto text = contentOf(file);
        if (!_taken.contains(file) &&
            text.substr(0, text.find("\r\n\r\n")).find("To: <" + to + ">") != std::string::npos)
            return file;
    }
    return {};
}

std::string Buzon::next(const std::string& to)
{
    std::string file;
    if (!eventually([&] { return !(file = find(to)).empty(); })) throw std::runtime_error("no mail came to " + to);
    _taken.insert(file);
    const auto text = contentOf(file);
    return decoded(text.substr(text.find("\r\n\r\n") + 4));
}

std::string Buzon::nextFicha(const std::string& to) { return fichaIn(next(to)); }

std::string fichaIn(const std::string& text)
{
    const auto at = text.find("ficha=");
    if (at == std::string::npos) throw std::runtime_error("no link in: " + text);
    return text.substr(at + 6, 43);
}

} // namespace zoco::test
