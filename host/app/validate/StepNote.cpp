#include "StepNote.h"

#include <sys/mman.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace zoco::host::trial
{

namespace
{

constexpr std::size_t kSize = 256;

} // namespace

StepNote::StepNote()
{
    void* memory = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "shared memory");
    _text = static_cast<char*>(memory);
}

StepNote::~StepNote() { ::munmap(_text, kSize); }

void StepNote::set(std::string_view step) noexcept
{
    const auto size = std::min(step.size(), kSize - 1);
    std::memcpy(_text, step.data(), size);
    _text[size] = 0;
}

std::string StepNote::text() const { return {_text, ::strnlen(_text, kSize)}; }

} // namespace zoco::host::trial
