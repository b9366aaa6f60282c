#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace zoco::host
{

/// What a server answered. A value.
struct HttpReply
{
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
};

/// Reads one answer (RFC 9112) as strictly as our own server reads requests: what two readers could understand
/// differently, or what ends too early, is refused. One use, one thread.
class ReplyReader
{
public:
    /// Up to so many bytes; 0: the connection has ended in order. May throw.
    using Source = std::function<std::size_t(char* into, std::size_t size)>;

    ReplyReader(Source source, std::uint64_t mostBytes) : _source(std::move(source)), _mostBytes(mostBytes) {}

    /// `isHead`: it answers HEAD. Throws HttpFault.
    HttpReply read(bool isHead);

private:
    bool fill();
    std::string line();
    void readHead(HttpReply& out);
    void readField(HttpReply& out, std::string_view text) const;
    void readBody(HttpReply& out);
    void take(std::string& body, std::uint64_t size);
    void readChunks(std::string& body);
    void readToEnd(std::string& body);

    Source _source;
    const std::uint64_t _mostBytes;
    std::string _bytes; ///< received and not used
    std::size_t _at = 0;
    std::size_t _headBytes = 0;
    bool _isHttp11 = false;
};

} // namespace zoco::host
