#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace zoco::detail
{

/// What a durable event is bound to where it is kept.
inline std::string eventContext(std::string_view topic, std::int64_t timeUs)
{
    return "zoco.event:" + std::string(topic) + ':' + std::to_string(timeUs);
}

/// What a stored answer is bound to.
inline std::string answerContext(std::string_view route, std::string_view subject, std::string_view key,
                                 std::string_view fingerprint)
{
    std::string out = "zoco.answer:";
    for (const auto part : {route, subject, key, fingerprint}) out.append(part) += '\0';
    return out;
}

/// Stands for the headers of a stored answer that is sealed whole: its body holds both.
inline constexpr std::string_view kSealedAnswer = "zoco-sealed";

/// The lines of the headers, an empty one, and the body.
inline std::string joinAnswer(std::string_view headers, std::string_view body)
{
    std::string out(headers);
    out += '\n';
    return out.append(body);
}

/// The opposite. False when there is no empty line.
inline bool splitAnswer(std::string_view joined, std::string& headers, std::string& body)
{
    const auto end = joined.starts_with('\n') ? 0 : joined.find("\n\n");
    if (end == joined.npos) return false;
    const auto size = joined.starts_with('\n') ? 0 : end + 1;
    headers = joined.substr(0, size);
    body = joined.substr(size + 1);
    return true;
}

} // namespace zoco::detail
