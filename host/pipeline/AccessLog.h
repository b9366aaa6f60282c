#pragma once

#include "Call.h"
#include "core/AsyncFile.h"

namespace zoco::host
{

/// One JSON line per answered request, without query strings (they may hold personal data). [any-thread]
class AccessLog
{
public:
    /// `file` null: off.
    explicit AccessLog(AsyncFile* file) noexcept : _file(file) {}

    void write(const Call& call, int status, std::size_t bytes) noexcept;
    /// A request that never became a call: refused by the transport or before routing.
    void writeRefused(std::string_view client, std::string_view method, std::string_view path, int status,
                      std::string_view slug, std::string_view requestId) noexcept;

private:
    AsyncFile* _file;
};

} // namespace zoco::host
