#pragma once

#include "zoco/Provider.h"

#include <cstdint>

namespace zoco::gestorbbdd
{

/// Hands a call's results on and counts them: rows told, and rows changed. During one call, on its thread.
class RowCounter
{
public:
    explicit RowCounter(const ServiceSink& target) noexcept
        : _target(target), _raw{sizeof(zoco_sink), this,   target.wantsColumns() ? &onColumns : nullptr, &onRow,
                                &onDone,           nullptr}
    {
    }
    RowCounter(const RowCounter&) = delete;
    RowCounter& operator=(const RowCounter&) = delete;

    /// Where the engine is to tell results.
    ServiceSink sink() noexcept { return ServiceSink(&_raw); }
    std::int64_t rows() const noexcept { return _rows; }

private:
    static RowCounter& of(void* self) noexcept { return *static_cast<RowCounter*>(self); }
    static zoco_status onColumns(void* self, std::uint32_t step, const zoco_str* names, std::uint32_t count) noexcept
    {
        return of(self)._target.columns(step, std::span(names, count));
    }
    static zoco_status onRow(void* self, std::uint32_t step, const zoco_value* values, std::uint32_t count) noexcept
    {
        ++of(self)._rows;
        return of(self)._target.row(step, std::span(values, count));
    }
    static void onDone(void* self, std::uint32_t step, std::int64_t affected) noexcept
    {
        of(self)._rows += affected;
        of(self)._target.done(step, affected);
    }

    const ServiceSink& _target;
    zoco_sink _raw;
    std::int64_t _rows = 0;
};

} // namespace zoco::gestorbbdd
