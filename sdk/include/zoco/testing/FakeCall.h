#pragma once

#include "zoco/Http.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace zoco::testing
{

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A request to a plugin under test. `path` as in a request line: it may carry "?query".
struct FakeRequest
{
    std::string method = "GET";
    std::string path{};
    std::string body{};
    Pairs headers{};
    Pairs claims{}; ///< who asks, as the host would say: {{"sub", "u1"}, {"role", "operador"}}
    std::string clientAddress = "127.0.0.1";
    std::string publicUrl = "http://localhost:8080";
    std::string idempotencyKey{}; ///< empty: none, or a route that takes none
};

/// One call of a handler: owns the request's memory and takes the answer, by the rules of zoco/abi/http.h. A handler
/// that fails or answers nothing gives a 500 problem, as in the host. Reading an answer that is not there throws
/// std::logic_error. Answering is [any-thread].
class FakeCall
{
public:
    FakeCall(FakeRequest request, Pairs params)
        : _request(std::move(request)),
          _params(std::move(params)),
          _rawParams(rawPairs(_params)),
          _rawHeaders(rawPairs(_request.headers)),
          _rawClaims(rawPairs(_request.claims)),
          _known(rawIdempotency()),
          _raw(rawRequest()),
          _responder{sizeof(zoco_responder), this, &send, &fail, &cancelledOf, &release}
    {
    }
    FakeCall(const FakeCall&) = delete;
    FakeCall& operator=(const FakeCall&) = delete;

    /// Calls the handler; once.
    void run(zoco_handler handler, void* ctx)
    {
        const auto status = handler(ctx, &_raw, &_responder);
        if (status == ZOCO_DEFERRED) return;
        const std::lock_guard lock(_mutex);
        if (!_isAnswered) answerInternalError();
        _isReleased = true;
    }

    /// Answers as the host does when no route takes the request.
    void refuse(int status, const std::string& slug)
    {
        const std::lock_guard lock(_mutex);
        _isAnswered = _isReleased = true;
        _status = status;
        _problem = Problem{status, slug, "", "", {}, ZOCO_E_FAILED};
    }

    bool isAnswered() const
    {
        const std::lock_guard lock(_mutex);
        return _isAnswered;
    }
    /// The responder is done with: the plugin holds nothing of this call any more.
    bool isReleased() const
    {
        const std::lock_guard lock(_mutex);
        return _isReleased;
    }
    /// Answers that came after the first: each is a mistake of the plugin.
    int secondAnswers() const
    {
        const std::lock_guard lock(_mutex);
        return _secondAnswers;
    }
    /// The client goes away.
    void cancel()
    {
        const std::lock_guard lock(_mutex);
        _isCancelled = true;
    }

    int status() const { return answered()._status; }
    const std::string& body() const { return answered()._body; }
    const Pairs& headers() const { return answered()._headers; }
    /// First value of a header, its name as it was sent; empty when absent.
    std::string header(std::string_view name) const
    {
        for (const auto& [n, value] : headers())
            if (n == name) return value;
        return {};
    }
    const std::optional<Problem>& problem() const { return answered()._problem; }

private:
    const FakeCall& answered() const
    {
        if (!isAnswered()) throw std::logic_error("no answer yet: run or advance the executor first");
        return *this;
    }

    static std::vector<zoco_pair> rawPairs(const Pairs& pairs)
    {
        std::vector<zoco_pair> out;
        for (const auto& [name, value] : pairs) out.push_back({str(name), str(value)});
        return out;
    }

    zoco_request rawRequest() const
    {
        const std::string_view target = _request.path;
        const auto mark = std::min(target.find('?'), target.size());
        zoco_request raw{};
        raw.struct_size = sizeof raw;
        raw.param_count = static_cast<uint32_t>(_rawParams.size());
        raw.header_count = static_cast<uint32_t>(_rawHeaders.size());
        raw.claim_count = static_cast<uint32_t>(_rawClaims.size());
        raw.method = str(_request.method);
        raw.path = str(target.substr(0, mark));
        raw.query = str(mark < target.size() ? target.substr(mark + 1) : std::string_view{});
        raw.params = _rawParams.data();
        raw.headers = _rawHeaders.data();
        raw.claims = _rawClaims.data();
        raw.body = {_request.body.data(), _request.body.size()};
        raw.request_id = str("fake-request-id-0001");
        raw.traceparent = str("00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        raw.client_address = str(_request.clientAddress);
        raw.public_url = str(_request.publicUrl);
        if (!_request.idempotencyKey.empty()) raw.idempotency = &_known;
        return raw;
    }

    /// The fingerprint is not one, but the same for the same method, path and body.
    zoco_idempotency rawIdempotency()
    {
        _route = _request.method + ' ' + _request.path.substr(0, _request.path.find('?'));
        _fingerprint = _request.method + ' ' + _request.path + ' ' + _request.body;
        return {sizeof(zoco_idempotency),
                str(_request.idempotencyKey),
                str(_route),
                {},
                {_fingerprint.data(), _fingerprint.size()}};
    }

    void answerInternalError()
    {
        _isAnswered = true;
        _status = 500;
        _problem = Problem{500, "internal", "Internal error", "", {}, ZOCO_E_FAILED};
    }

    bool mayAnswer()
    {
        if (_isAnswered || _isReleased) ++_secondAnswers;
        return !_isAnswered && !_isReleased;
    }

    static FakeCall& of(zoco_responder* r) { return *static_cast<FakeCall*>(r->self); }

    static zoco_status send(zoco_responder* r, int32_t status, const zoco_pair* headers, uint32_t count, zoco_blob body)
    {
        auto& self = of(r);
        const std::lock_guard lock(self._mutex);
        const std::string bytes(view(zoco_bytes{body.data, body.size}));
        if (body.release != nullptr) body.release(body.ctx);
        if (status < 200 || status > 599) return ZOCO_E_INVALID;
        if (!self.mayAnswer()) return ZOCO_E_MISUSE;
        self._isAnswered = true;
        self._status = status;
        self._body = bytes;
        for (uint32_t i = 0; i < count; ++i) self._headers.emplace_back(view(headers[i].name), view(headers[i].value));
        return ZOCO_OK;
    }
    static zoco_status fail(zoco_responder* r, const zoco_problem* p)
    {
        auto& self = of(r);
        const std::lock_guard lock(self._mutex);
        if (!self.mayAnswer()) return ZOCO_E_MISUSE;
        self._isAnswered = true;
        self._status = p->status;
        self._problem = zoco::detail::toProblem(*p);
        return ZOCO_OK;
    }
    static int32_t cancelledOf(zoco_responder* r)
    {
        auto& self = of(r);
        const std::lock_guard lock(self._mutex);
        return self._isCancelled || self._isAnswered ? 1 : 0;
    }
    static void release(zoco_responder* r)
    {
        auto& self = of(r);
        const std::lock_guard lock(self._mutex);
        if (!self._isAnswered) self.answerInternalError();
        self._isReleased = true;
    }

    const FakeRequest _request;
    const Pairs _params;
    const std::vector<zoco_pair> _rawParams;
    const std::vector<zoco_pair> _rawHeaders;
    const std::vector<zoco_pair> _rawClaims;
    std::string _route;
    std::string _fingerprint;
    const zoco_idempotency _known;
    const zoco_request _raw;
    zoco_responder _responder;
    mutable std::mutex _mutex; ///< of what follows
    bool _isAnswered = false;
    bool _isReleased = false;
    bool _isCancelled = false;
    int _secondAnswers = 0;
    int _status = 0;
    std::string _body;
    Pairs _headers;
    std::optional<Problem> _problem;
};

} // namespace zoco::testing
