#include "SampleRequest.h"

#include "core/Clock.h"
#include "zoco/Value.h"

namespace zoco::host::trial
{

namespace
{

constexpr std::string_view kBody = "{}";
constexpr std::int64_t kDeadlineNs = 60'000'000'000;

std::string pathOf(const RoutePattern& pattern, const std::string& sample)
{
    std::string out;
    for (const auto& s : pattern.segments) out += "/" + (s.kind == RoutePattern::Kind::Literal ? s.text : sample);
    return out.empty() ? "/" : out;
}

} // namespace

SampleRequest::SampleRequest(const std::string& method, const RoutePattern& pattern, std::uint32_t auth,
                             const std::string& role, const std::string& sample)
    : _method(method),
      _path(pathOf(pattern, sample)),
      _sample(sample),
      _role(auth == ZOCO_AUTH_INTERNAL ? "operador" : role),
      _name(_method + " " + _path)
{
    fill(pattern, auth);
}

void SampleRequest::fill(const RoutePattern& pattern, std::uint32_t auth)
{
    for (const auto& s : pattern.segments)
        if (s.kind != RoutePattern::Kind::Literal) _paramNames.push_back(s.text);
    for (const auto& paramName : _paramNames) _params.push_back({str(paramName), str(_sample)});
    const bool hasBody = _method == "POST" || _method == "PUT" || _method == "PATCH";
    _headers = {
        {str("Host"), str("localhost")}, {str("Accept"), str("*/*")}, {str("User-Agent"), str("zoco-validate")}};
    if (hasBody) _headers.push_back({str("Content-Type"), str("application/json")});
    if (auth != ZOCO_AUTH_PUBLIC) _claims.push_back({str("sub"), str("validate")});
    if (!_role.empty()) _claims.push_back({str("role"), str(_role)});

    _raw.struct_size = sizeof _raw;
    _raw.param_count = static_cast<std::uint32_t>(_params.size());
    _raw.header_count = static_cast<std::uint32_t>(_headers.size());
    _raw.claim_count = static_cast<std::uint32_t>(_claims.size());
    _raw.method = str(_method);
    _raw.path = str(_path);
    _raw.params = _params.data();
    _raw.headers = _headers.data();
    _raw.claims = _claims.data();
    if (hasBody) _raw.body = {kBody.data(), kBody.size()};
    _raw.request_id = str("00000000000000000000000000000001");
    _raw.traceparent = str("00-00000000000000000000000000000001-0000000000000001-00");
    _raw.client_address = str("127.0.0.1");
    _raw.public_url = str("http://localhost");
    _raw.deadline_ns = steadyNs() + kDeadlineNs;
}

} // namespace zoco::host::trial
