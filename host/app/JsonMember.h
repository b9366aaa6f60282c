#pragma once

#include <rapidjson/document.h>

#include <string>

namespace zoco::host
{

/// A member of an object as a line of text shows it: a text as it is, a whole number in digits; empty when it is not
/// there or something else.
inline std::string memberText(const rapidjson::Value& object, const char* name)
{
    const auto found = object.FindMember(name);
    if (found == object.MemberEnd()) return {};
    const auto& value = found->value;
    return value.IsString() ? value.GetString() : value.IsInt64() ? std::to_string(value.GetInt64()) : std::string();
}

} // namespace zoco::host
