#include "FakeExchange.h"

#include <cppunit/extensions/HelperMacros.h>

#include <unistd.h>

#include <chrono>

namespace zoco::host::test
{

FakeExchange::FakeExchange(std::string method, std::string target, Headers headers, std::string body)
    : _method(std::move(method)), _target(std::move(target)), _headers(std::move(headers)), _body(std::move(body))
{
    for (const auto& [name, value] : _headers) _fields.push_back({name, value});
    const std::string_view all(_target);
    const auto mark = all.find('?');
    _request.method = _method;
    _request.target = all;
    _request.path = all.substr(0, mark);
    if (mark != std::string_view::npos) _request.query = all.substr(mark + 1);
    _request.headers = _fields;
    _request.host = _request.header("Host");
    _request.body = _body;
    _request.clientAddress = "127.0.0.1";
}

void FakeExchange::finish(Response&& response) noexcept
{
    const std::lock_guard lock(_mutex);
    for (auto* text : {&_method, &_target, &_body}) text->assign(text->size(), '?');
    for (auto& [name, value] : _headers)
    {
        name.assign(name.size(), '?');
        value.assign(value.size(), '?');
    }
    _response = std::move(response);
    ++_finishes;
    _finished.notify_all();
}

bool FakeExchange::isCancelled() const noexcept
{
    // Asking after the end would be a use after the connection's end.
    return _finishes > 0 ? std::terminate(), false : _isCancelled.load();
}

bool FakeExchange::isFinished()
{
    const std::lock_guard lock(_mutex);
    return _finishes > 0;
}

Response& FakeExchange::response()
{
    std::unique_lock lock(_mutex);
    CPPUNIT_ASSERT(_finished.wait_for(lock, std::chrono::seconds(20), [this] { return _finishes > 0; }));
    return _response;
}

FakeExchange::Headers headersOf(const Response& response)
{
    FakeExchange::Headers out;
    std::string_view rest(response.head);
    while (!rest.empty())
    {
        const auto end = rest.find("\r\n");
        CPPUNIT_ASSERT(end != std::string_view::npos);
        const auto line = rest.substr(0, end);
        const auto colon = line.find(": ");
        CPPUNIT_ASSERT(colon != std::string_view::npos);
        out.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        rest.remove_prefix(end + 2);
    }
    return out;
}

std::string FakeExchange::header(std::string_view name)
{
    for (const auto& [key, value] : headersOf(response()))
        if (equalsIgnoreCase(key, name)) return value;
    return {};
}

std::size_t FakeExchange::headerCount(std::string_view name)
{
    std::size_t count = 0;
    for (const auto& [key, value] : headersOf(response())) count += equalsIgnoreCase(key, name) ? 1 : 0;
    return count;
}

std::string bytesOf(const Body& body)
{
    if (!body.isFile()) return std::string(body.bytes());
    std::string out(body.size(), '\0');
    const auto size = ::pread(body.descriptor(), out.data(), out.size(), body.offset());
    CPPUNIT_ASSERT_EQUAL(static_cast<ssize_t>(out.size()), size);
    return out;
}

std::string FakeExchange::body() { return bytesOf(response().body); }

std::string FakeExchange::slug()
{
    constexpr std::string_view kType = "\"type\":\"urn:zoco:problem:";
    const auto text = body();
    const auto at = text.find(kType);
    if (header("Content-Type") != "application/problem+json" || at == std::string::npos) return {};
    return text.substr(at + kType.size(), text.find('"', at + kType.size()) - at - kType.size());
}

} // namespace zoco::host::test
