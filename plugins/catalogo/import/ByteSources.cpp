#include "ByteSources.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace catalogo
{

FileSource::FileSource(const std::string& path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) throw std::system_error(EISDIR, std::generic_category());
    errno = 0;
    _file.open(path, std::ios::binary);
    if (!_file) throw std::system_error(errno == 0 ? EIO : errno, std::generic_category());
    const auto size = std::filesystem::file_size(path, error); // fails for a pipe, which reads as well
    _size = error ? 0 : size;
    if (_size > kMaxImportBytes) throw std::system_error(EFBIG, std::generic_category());
}

std::size_t FileSource::read(char* out, std::size_t size)
{
    _file.read(out, static_cast<std::streamsize>(size));
    if (_file.bad()) throw std::system_error(EIO, std::generic_category());
    const auto count = static_cast<std::size_t>(_file.gcount());
    _read += count;
    if (_read > kMaxImportBytes) throw std::system_error(EFBIG, std::generic_category());
    return count;
}

std::size_t MemorySource::read(char* out, std::size_t size)
{
    const auto count = std::min(size, _rest.size());
    std::copy_n(_rest.data(), count, out);
    _rest.remove_prefix(count);
    return count;
}

} // namespace catalogo
