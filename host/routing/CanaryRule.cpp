#include "CanaryRule.h"

#include <algorithm>

namespace zoco::host
{

namespace
{

/// RFC 9110 5.6.2.
bool isToken(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](unsigned char c)
                                        {
                                            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                                   (c >= 'A' && c <= 'Z') ||
                                                   std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) !=
                                                       std::string_view::npos;
                                        });
}

} // namespace

CanaryRule::CanaryRule(std::uint32_t weight, const std::string& header)
    : _weight(std::min(weight, 100u)), _name(header.substr(0, header.find(':')))
{
    if (_name.size() == header.size()) return;
    const auto start = header.find_first_not_of(' ', _name.size() + 1);
    if (start != std::string::npos) _value = header.substr(start);
}

std::string CanaryRule::faultOf(const std::string& header)
{
    if (header.empty() || isToken(header.substr(0, header.find(':')))) return {};
    return "must be a header's name, or name and value such as 'X-Canary: yes'";
}

} // namespace zoco::host
