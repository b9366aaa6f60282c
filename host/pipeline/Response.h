#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace zoco::host
{

/// Bytes of an answer: owned text, borrowed static text, memory of a plugin (released once), or a range of a file.
class Body
{
public:
    using Release = void (*)(void* context);

    Body() = default;
    static Body text(std::string owned);
    static Body borrowed(std::string_view forever);
    static Body foreign(std::string_view bytes, Release release, void* context);
    /// Takes the descriptor; sent by sendfile.
    static Body file(int descriptor, std::int64_t offset, std::int64_t size);

    Body(Body&&) noexcept;
    Body& operator=(Body&&) noexcept;
    ~Body();

    std::size_t size() const noexcept;
    bool isFile() const noexcept { return _descriptor >= 0; }
    int descriptor() const noexcept { return _descriptor; }
    std::int64_t offset() const noexcept { return _offset; }
    /// Bytes in memory; empty for a file.
    std::string_view bytes() const noexcept;

private:
    std::string _text;
    std::string_view _view;
    Release _release = nullptr;
    void* _context = nullptr;
    int _descriptor = -1;
    std::int64_t _offset = 0;
    std::size_t _size = 0;
    bool _isText = false;
};

/// Response headers by which a plugin speaks to the host: "Zoco-...". They never reach a client.
bool speaksToHost(std::string_view name) noexcept;

/// Response headers that are the host's alone (zoco/abi/http.h); a plugin's own are left out.
bool isHostsOwnHeader(std::string_view name) noexcept;

/// A complete answer. Header lines are kept ready to send, "Name: value\r\n" each, so that nothing is copied twice.
/// The transport adds the status line, Date, Content-Length and Connection.
struct Response
{
    int status = 200;
    std::string head; ///< complete header lines
    Body body;
    bool close = false;      ///< end the connection after this answer
    bool setsCookie = false; ///< one of the host's: nobody else may be given this answer
    bool omitBody = false;   ///< answer to HEAD: Content-Length is the body's, its bytes are not sent

    /// Appends one line. A name that is no token, or a value with a control character, is refused (returns false): the
    /// line is left out.
    bool addHeader(std::string_view name, std::string_view value);
};

} // namespace zoco::host
