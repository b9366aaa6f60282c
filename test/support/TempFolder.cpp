#include "support/TempFolder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>

namespace zoco::test
{

TempFolder::TempFolder()
{
    _path = (std::filesystem::temp_directory_path() / "zoco-test-XXXXXX").string();
    if (::mkdtemp(_path.data()) == nullptr) throw std::system_error(errno, std::generic_category(), "mkdtemp");
}

TempFolder::~TempFolder()
{
    std::error_code ignored;
    std::filesystem::remove_all(_path, ignored);
}

std::string TempFolder::write(std::string_view name, std::string_view content, unsigned mode) const
{
    const auto file = path(name);
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out || ::chmod(file.c_str(), mode) != 0) throw std::runtime_error("cannot write " + file);
    return file;
}

std::string TempFolder::read(std::string_view name) const { return readFile(path(name)); }

std::string readFile(const std::string& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace zoco::test
