#include "OperatorChange.h"

#include "core/UniqueFd.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace zoco::host
{

namespace
{

constexpr std::string_view kNote = "# Set by an operator while serving; counts over the files of the configuration.\n";

void syncParent(const std::string& folder)
{
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd) ::fsync(fd.get());
}

} // namespace

OperatorChange::OperatorChange(const std::string& dataDir, const PluginSettings& settings, ConfigErrors& errors)
{
    _file.path = (std::filesystem::path(dataDir) / "plugins.d" / (settings.id + ".properties")).string();
    std::ifstream in(_file.path, std::ios::binary);
    if (!in && errno != ENOENT)
        errors.push_back({{_file.path, 0}, "", std::string("cannot be read: ") + std::strerror(errno)});
    const std::string present{std::istreambuf_iterator<char>(in), {}};
    std::map<std::string, std::string> values;
    for (auto& property : parseProperties(present, _file.path, errors)) values[property.key] = property.value;
    for (const auto& [key, value] : settings.values)
        if (value)
            values[key] = *value;
        else
            values.erase(key);
    _file.text = kNote;
    for (const auto& [key, value] : values) _file.text += key + " = " + value + '\n';
}

OperatorChange::~OperatorChange()
{
    if (_isDrafted) ::unlink(draft().c_str());
}

void OperatorChange::write()
{
    const auto folder = std::filesystem::path(_file.path).parent_path();
    std::filesystem::create_directories(folder);
    const auto fail = [&] { throw std::system_error(errno, std::generic_category(), draft()); };
    const UniqueFd fd(::open(draft().c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd) fail();
    _isDrafted = true;
    const auto size = static_cast<ssize_t>(_file.text.size());
    if (::write(fd.get(), _file.text.data(), _file.text.size()) != size || ::fsync(fd.get()) != 0) fail();
}

bool OperatorChange::commit()
{
    if (std::rename(draft().c_str(), _file.path.c_str()) != 0) return false;
    _isDrafted = false;
    syncParent(std::filesystem::path(_file.path).parent_path().string());
    return true;
}

} // namespace zoco::host
