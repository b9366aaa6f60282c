#pragma once

#include "zoco/abi/commands.h"
#include "zoco/abi/config.h"
#include "zoco/abi/crypto.h"
#include "zoco/abi/events.h"
#include "zoco/abi/executor.h"
#include "zoco/abi/files.h"
#include "zoco/abi/http.h"
#include "zoco/abi/http_client.h"
#include "zoco/abi/log.h"
#include "zoco/abi/metrics.h"
#include "zoco/abi/plugin.h"
#include "zoco/abi/services.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace zoco::host::trial
{

/// As which host the tables are made.
enum class Shape
{
    Exact = 1,  ///< this one
    FirstMinor, ///< the oldest of this ABI major: what came later is not there, and reading it is a crash
    Grown       ///< a later one: longer structs, their unknown tail filled with 0xA5
};

/// sizeof in ABI 1.0, which never changes; a later minor only adds behind it.
template <class T>
inline constexpr std::size_t kFirstMinorSize = 0;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_host> = 32;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_http> = 24;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_services> = 32;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_service> = 32;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_config> = 24;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_log> = 32;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_executor> = 40;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_files> = 24;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_commands> = 24;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_metrics> = 48;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_events> = 32;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_http_client> = 24;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_crypto> = 64;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_request> = 192;
template <>
inline constexpr std::size_t kFirstMinorSize<zoco_responder> = 48;

/// A struct of the ABI as a host of some shape makes it, in pages of its own. Of the first minor it ends where memory
/// begins that cannot be read. T starts with struct_size.
template <class T>
class AbiStruct
{
public:
    AbiStruct(const T& value, Shape shape)
        : _size(shape == Shape::Grown        ? sizeof(T) + kTail
                : shape == Shape::FirstMinor ? kFirstMinorSize<T>
                                             : sizeof(T))
    {
        static_assert(kFirstMinorSize<T> != 0 && kFirstMinorSize<T> <= sizeof(T));
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        const auto used = (_size + page - 1) / page * page;
        _mapped = used + page;
        void* memory = ::mmap(nullptr, _mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "memory for a table");
        _memory = static_cast<char*>(memory);
        ::mprotect(_memory + used, page, PROT_NONE);
        _at = shape == Shape::FirstMinor ? _memory + used - _size : _memory;
        std::memset(_at, kUnknown, _size);
        std::memcpy(_at, &value, _size < sizeof(T) ? _size : sizeof(T));
        get()->struct_size = static_cast<uint32_t>(_size);
    }
    ~AbiStruct() { ::munmap(_memory, _mapped); }
    AbiStruct(const AbiStruct&) = delete;
    AbiStruct& operator=(const AbiStruct&) = delete;

    T* get() noexcept { return reinterpret_cast<T*>(_at); }
    const T* get() const noexcept { return reinterpret_cast<const T*>(_at); }

private:
    static constexpr std::size_t kTail = 256;
    static constexpr int kUnknown = 0xA5;

    std::size_t _size;
    std::size_t _mapped = 0;
    char* _memory = nullptr;
    char* _at = nullptr;
};

} // namespace zoco::host::trial
