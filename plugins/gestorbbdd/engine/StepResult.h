#pragma once

#include "zoco/Provider.h"

#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::gestorbbdd
{

/// Takes the rows of one step while it runs. A negative answer ends the step.
class RowTarget
{
public:
    virtual ~RowTarget() = default;
    /// Whether `columns` needs the names; they cost something to find.
    virtual bool wantsColumns() const noexcept = 0;
    virtual zoco_status columns(std::span<const zoco_str> names) = 0;
    /// Views are valid during the call.
    virtual zoco_status row(std::span<const zoco_value> values) = 0;
};

/// Hands rows straight to the caller's sink.
class SinkTarget final : public RowTarget
{
public:
    SinkTarget(const ServiceSink& sink, std::uint32_t step) noexcept : _sink(sink), _step(step) {}

    bool wantsColumns() const noexcept override { return _sink.wantsColumns(); }
    zoco_status columns(std::span<const zoco_str> names) override { return _sink.columns(_step, names); }
    zoco_status row(std::span<const zoco_value> values) override { return _sink.row(_step, values); }

private:
    const ServiceSink& _sink;
    std::uint32_t _step;
};

/// Owns the rows of one step of a group until the group is safe and they can be told. Made by one thread, read by
/// another after it.
class StepResult final : public RowTarget
{
public:
    bool wantsColumns() const noexcept override { return true; }
    zoco_status columns(std::span<const zoco_str> names) override;
    zoco_status row(std::span<const zoco_value> values) override;

    /// A column of the first row, for a reference; nullopt when there is no row or no such column.
    std::optional<zoco_value> first(std::string_view column) const noexcept;
    /// Tells everything to a sink; ends with a negative answer of it.
    zoco_status replay(const ServiceSink& sink, std::uint32_t step) const;

    void setAffected(std::int64_t rows) noexcept { _affected = rows; }

private:
    /// Holds texts and bytes at fixed addresses; on the heap, so that a result can be moved.
    std::unique_ptr<std::pmr::monotonic_buffer_resource> _memory;
    std::vector<std::string> _columns;
    std::vector<zoco_value> _cells; ///< row after row
    std::int64_t _affected = 0;
};

} // namespace zoco::gestorbbdd
