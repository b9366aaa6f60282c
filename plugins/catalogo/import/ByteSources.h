#pragma once

#include "CharStream.h"

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>

namespace catalogo
{

/// An import is held in memory whole until it is written.
inline constexpr std::uint64_t kMaxImportBytes = 256 * 1024 * 1024;

/// A file, opened at once. Throws std::system_error when it cannot be, or has more than kMaxImportBytes.
class FileSource final : public ByteSource
{
public:
    explicit FileSource(const std::string& path);
    std::size_t read(char* out, std::size_t size) override;
    std::uint64_t size() const override { return _size; }

private:
    std::ifstream _file;
    std::uint64_t _size = 0;
    std::uint64_t _read = 0;
};

/// Bytes that outlive it.
class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::string_view bytes) : _rest(bytes), _size(bytes.size()) {}
    std::size_t read(char* out, std::size_t size) override;
    std::uint64_t size() const override { return _size; }

private:
    std::string_view _rest;
    std::uint64_t _size;
};

} // namespace catalogo
