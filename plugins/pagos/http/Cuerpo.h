#pragma once

#include "zoco/Http.h"

#include <rapidjson/document.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pagos
{

/// A JSON object of a request, read member by member; collects every fault with its JSON Pointer, and refuses members
/// that nobody asked for and those that are there twice. One use, one thread.
class Cuerpo
{
public:
    /// 415 when the request is not application/json, 400 when its body is no JSON object. No body is an empty object.
    static zoco::Result<Cuerpo> of(const zoco::Request& request);

    /// A text of `most` bytes at most, which must be there.
    std::string text(const char* name, std::size_t most);
    /// Empty when it is absent or null.
    std::string optionalText(const char* name, std::size_t most);
    /// A whole number more than 0; nothing when it is absent or null.
    std::optional<std::int64_t> optionalAmount(const char* name);
    void fault(const char* name, std::string what);

    /// 422 `datos-invalidos` with all faults, among them members that were not asked for; nothing when it is good.
    std::optional<zoco::Problem> problem();

private:
    const rapidjson::Value* member(const char* name);

    std::unique_ptr<rapidjson::Document> _document = std::make_unique<rapidjson::Document>();
    std::vector<std::string> _asked;
    std::vector<zoco::FieldError> _errors;
};

} // namespace pagos
