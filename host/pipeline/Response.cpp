#include "Response.h"

#include "Request.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

namespace zoco::host
{

namespace
{

/// Room for the headers of nearly every answer, taken at once.
constexpr std::size_t kUsualHead = 512;

constexpr unsigned char kInName = 1;  ///< tchar, RFC 9110 5.6.2
constexpr unsigned char kInValue = 2; ///< no control character but tab, RFC 9110 5.5

constexpr auto kClasses = []
{
    std::array<unsigned char, 256> classes{};
    for (unsigned c = 0; c < 256; ++c)
    {
        const bool isName = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        const bool isValue = (c >= 0x20 && c != 0x7f) || c == '\t';
        classes[c] = static_cast<unsigned char>((isName ? kInName : 0) + (isValue ? kInValue : 0));
    }
    for (const char c : std::string_view("!#$%&'*+-.^_`|~"))
        classes[static_cast<unsigned char>(c)] = kInName + kInValue;
    return classes;
}();

// Objects, not functions, so that the loops over them are inlined.
constexpr auto mayBeInName = [](char c) noexcept { return (kClasses[static_cast<unsigned char>(c)] & kInName) != 0; };

constexpr auto mayBeInValue = [](char c) noexcept { return (kClasses[static_cast<unsigned char>(c)] & kInValue) != 0; };

} // namespace

Body Body::text(std::string owned)
{
    Body body;
    body._size = owned.size();
    body._text = std::move(owned);
    body._isText = true;
    return body;
}

Body Body::borrowed(std::string_view forever)
{
    Body body;
    body._view = forever;
    body._size = forever.size();
    return body;
}

Body Body::foreign(std::string_view bytes, Release release, void* context)
{
    Body body = borrowed(bytes);
    body._release = release;
    body._context = context;
    return body;
}

Body Body::file(int descriptor, std::int64_t offset, std::int64_t size)
{
    Body body;
    body._descriptor = descriptor;
    body._offset = offset;
    body._size = size > 0 ? static_cast<std::size_t>(size) : 0;
    return body;
}

Body::Body(Body&& other) noexcept
    : _text(std::move(other._text)),
      _view(std::exchange(other._view, {})),
      _release(std::exchange(other._release, nullptr)),
      _context(std::exchange(other._context, nullptr)),
      _descriptor(std::exchange(other._descriptor, -1)),
      _offset(std::exchange(other._offset, 0)),
      _size(std::exchange(other._size, 0)),
      _isText(std::exchange(other._isText, false))
{
    other._text.clear();
}

Body& Body::operator=(Body&& other) noexcept
{
    if (this != &other)
    {
        Body old(std::move(*this));
        _text = std::move(other._text);
        other._text.clear();
        _view = std::exchange(other._view, {});
        _release = std::exchange(other._release, nullptr);
        _context = std::exchange(other._context, nullptr);
        _descriptor = std::exchange(other._descriptor, -1);
        _offset = std::exchange(other._offset, 0);
        _size = std::exchange(other._size, 0);
        _isText = std::exchange(other._isText, false);
    }
    return *this;
}

Body::~Body()
{
    if (_release != nullptr)
    {
        _release(_context);
    }
    if (_descriptor >= 0)
    {
        ::close(_descriptor);
    }
}

std::size_t Body::size() const noexcept { return _size; }

std::string_view Body::bytes() const noexcept { return _isText ? std::string_view(_text) : _view; }

bool Response::addHeader(std::string_view name, std::string_view value)
{
    if (name.empty() || !std::all_of(name.begin(), name.end(), mayBeInName) ||
        !std::all_of(value.begin(), value.end(), mayBeInValue))
    {
        return false;
    }
    if (head.capacity() < kUsualHead) head.reserve(kUsualHead);
    head.append(name).append(": ").append(value).append("\r\n");
    return true;
}

bool speaksToHost(std::string_view name) noexcept
{
    return name.size() >= 5 && (name.front() | 32) == 'z' && equalsIgnoreCase(name.substr(0, 5), "zoco-");
}

bool isHostsOwnHeader(std::string_view name) noexcept
{
    if (speaksToHost(name)) return true;
    static constexpr std::string_view kNames[] = {"connection",
                                                  "content-length",
                                                  "cross-origin-opener-policy",
                                                  "cross-origin-resource-policy",
                                                  "date",
                                                  "keep-alive",
                                                  "proxy-connection",
                                                  "referrer-policy",
                                                  "strict-transport-security",
                                                  "te",
                                                  "trailer",
                                                  "transfer-encoding",
                                                  "upgrade",
                                                  "x-content-type-options",
                                                  "x-request-id"};
    for (const auto known : kNames)
        if (equalsIgnoreCase(known, name)) return true;
    return false;
}

} // namespace zoco::host
