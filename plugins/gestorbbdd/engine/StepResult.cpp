#include "StepResult.h"

#include <cstring>

namespace zoco::gestorbbdd
{

zoco_status StepResult::columns(std::span<const zoco_str> names)
{
    for (const auto& name : names) _columns.emplace_back(view(name));
    return ZOCO_OK;
}

zoco_status StepResult::row(std::span<const zoco_value> values)
{
    for (auto value : values)
    {
        if ((value.kind == ZOCO_TEXT || value.kind == ZOCO_BLOB) && value.as.b.size > 0)
        {
            if (!_memory) _memory = std::make_unique<std::pmr::monotonic_buffer_resource>();
            value.as.b.data = std::memcpy(_memory->allocate(value.as.b.size, 1), value.as.b.data, value.as.b.size);
        }
        _cells.push_back(value);
    }
    return ZOCO_OK;
}

std::optional<zoco_value> StepResult::first(std::string_view column) const noexcept
{
    for (std::size_t i = 0; i < _columns.size() && i < _cells.size(); ++i)
        if (_columns[i] == column) return _cells[i];
    return std::nullopt;
}

zoco_status StepResult::replay(const ServiceSink& sink, std::uint32_t step) const
{
    if (!_columns.empty())
    {
        std::vector<zoco_str> names;
        for (const auto& name : _columns) names.push_back(str(name));
        if (const auto status = sink.columns(step, names); status < 0) return status;
        const std::span cells(_cells);
        for (std::size_t at = 0; at < cells.size(); at += _columns.size())
            if (const auto status = sink.row(step, cells.subspan(at, _columns.size())); status < 0) return status;
    }
    sink.done(step, _affected);
    return ZOCO_OK;
}

} // namespace zoco::gestorbbdd
