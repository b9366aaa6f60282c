#pragma once

#include "zoco/Http.h"

#include <rapidjson/document.h>

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace usuarios
{

/// A JSON object of a request, read member by member; collects every fault with its JSON Pointer, and refuses members
/// that nobody asked for (so that no request sets what it may not) and members that are there twice. One use, one
/// thread.
class Body
{
public:
    /// What is wrong with a text; empty: nothing.
    using Check = std::function<std::string(std::string_view)>;

    /// 415 when the request is not application/json, 400 when its body is no JSON; else `members` are those that may
    /// be.
    static zoco::Result<Body> of(const zoco::Request& request, std::initializer_list<std::string_view> members);

    Body(Body&&) = default;

    bool has(const char* name) const;
    /// Whether a member is there and null.
    bool isNull(const char* name) const;
    /// A text that must be there, at most `mostBytes` long.
    std::string text(const char* name, std::size_t mostBytes, const Check& check = {});
    /// A text that may be absent, null or blank: nothing then.
    std::optional<std::string> optionalText(const char* name, std::size_t mostBytes, const Check& check = {});
    /// True or false, which must be there.
    bool boolean(const char* name);
    void fault(const char* name, std::string what);

    bool isGood() const noexcept { return _errors.empty(); }
    /// 422 `datos-invalidos` with all faults.
    zoco::Problem problem() const;

private:
    Body() = default;

    const rapidjson::Value* member(const char* name) const;
    void refuse(std::initializer_list<std::string_view> members);

    std::unique_ptr<rapidjson::Document> _document = std::make_unique<rapidjson::Document>();
    std::vector<zoco::FieldError> _errors;
};

/// 422 `datos-invalidos` with one fault.
zoco::Problem invalidData(std::string pointer, std::string what);

} // namespace usuarios
