#pragma once

#include "pipeline/Exchange.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace zoco::host::test
{

/// A request without a connection; keeps its answer. Once it is finished its request is wiped, as a real one's is.
class FakeExchange final : public Exchange
{
public:
    using Headers = std::vector<std::pair<std::string, std::string>>;

    explicit FakeExchange(std::string method, std::string target, Headers headers = {{"Host", "localhost"}},
                          std::string body = {});

    const Request& request() const noexcept override { return _request; }
    void finish(Response&& response) noexcept override;
    bool isCancelled() const noexcept override;

    /// Before it is handed over.
    Request& editable() { return _request; }
    void cancel() { _isCancelled = true; }

    /// Waits for the answer; fails the test when none comes.
    Response& response();
    int status() { return response().status; }
    bool isFinished();
    int finishes() const { return _finishes; }
    /// First value of a header of the answer; empty when absent.
    std::string header(std::string_view name);
    std::size_t headerCount(std::string_view name);
    /// Bytes in memory or of the file.
    std::string body();
    /// "not-found" of a problem.
    std::string slug();

private:
    std::string _method;
    std::string _target;
    Headers _headers;
    std::string _body;
    std::vector<HeaderField> _fields;
    Request _request;
    std::atomic<bool> _isCancelled{false};
    std::atomic<int> _finishes{0};
    std::mutex _mutex;
    std::condition_variable _finished;
    Response _response;
};

/// All lines "Name: value" of an answer's head.
FakeExchange::Headers headersOf(const Response& response);
/// The bytes of a body, read from its file when it is one.
std::string bytesOf(const Body& body);

} // namespace zoco::host::test
