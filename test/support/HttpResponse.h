#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco::test
{

/// An answer as it came over the wire. A value.
struct HttpResponse
{
    std::string version; ///< "HTTP/1.1"
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< in order, as sent
    std::string body;                                         ///< without its chunks' framing

    /// First value of a header, its name compared without case; empty when absent.
    std::string header(std::string_view name) const;
    /// How often the header is there.
    std::size_t count(std::string_view name) const;
    /// "not-found" of a body with "type":"urn:zoco:problem:not-found"; empty when it is no problem.
    std::string problemSlug() const;
    bool wantsClose() const { return header("Connection") == "close"; }

    /// Reads the head, without its final empty line; throws std::runtime_error when it is malformed.
    static HttpResponse parseHead(std::string_view head);
};

} // namespace zoco::test
